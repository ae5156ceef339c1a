import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runSchemaCheck, type SchemaCheckOptions } from '../src/run-schema-check.ts';
import type { Schemas } from './small-graph.ts';

/** A repository of its own for a test: subgraphs, a registry that names them, and a history. */
export interface CheckedRepository {
  readonly root: string;
  /** Writes a file, and the folders above it. */
  write(path: string, text: string): void;
  remove(path: string): void;
  /** Writes these subgraphs, and a rover.yaml that names them. */
  schemas(schemas: Schemas): void;
  /** Runs git in it, and returns what it prints. */
  git(...args: readonly string[]): string;
  /** Commits everything. */
  commit(message?: string): void;
  check(options?: Partial<SchemaCheckOptions>): ReturnType<typeof runSchemaCheck>;
  discard(): void;
}

/** @param history whether it is a git repository with a branch main */
export function checkedRepository({ history = true } = {}): CheckedRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'stoa-check-')));
  const repository: CheckedRepository = {
    root,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    schemas(schemas) {
      const entries = Object.entries(schemas).map(([name, sdl], index) => {
        repository.write(`subgraphs/${name}/schema.graphql`, sdl);
        return `  ${name}: { routing_url: http://localhost:${4001 + index}/graphql, schema: { file: ./subgraphs/${name}/schema.graphql } }\n`;
      });
      repository.write('rover.yaml', `federation_version: =2.14.4\nsubgraphs:\n${entries.join('')}`);
    },
    git(...args) {
      const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
      if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
      return stdout.trim();
    },
    commit(message = 'A change') {
      repository.git('add', '--all');
      const author = [
        '-c',
        'user.name=Test',
        '-c',
        'user.email=test@example.com',
        '-c',
        'commit.gpgsign=false',
      ];
      repository.git(...author, 'commit', '--quiet', '--allow-empty', '--message', message);
    },
    check: (options) => runSchemaCheck({ root, now: new Date('2026-11-24T12:00:00Z'), ...options }),
    discard: () => rmSync(root, { recursive: true }),
  };
  if (history) repository.git('init', '--quiet', '--initial-branch=main');
  return repository;
}
