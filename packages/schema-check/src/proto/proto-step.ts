import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../report/finding.ts';
import type { Step } from '../step.ts';
import { type BufFinding, runBuf } from './buf.ts';
import {
  type ProtoFiles,
  protoFilesAt,
  protoFilesOfWorkingTree,
  protoModules,
  sameFiles,
  writeAsModule,
} from './proto-files.ts';

const defaultRules = 'version: v2\nlint:\n  use:\n    - STANDARD\nbreaking:\n  use:\n    - FILE\n';

/** The proto files of the working tree: `buf lint`, and `buf breaking` against the base. */
export const protoStep: Step = async (before, after, { root, progress }) => {
  const modules = protoModules(after);
  const files = protoFilesOfWorkingTree(root, modules);
  const former = before?.revision ? protoFilesAt(root, before.revision, protoModules(before)) : null;
  if (files.size === 0 && !former?.size) return [];
  progress('proto files');
  const rulesFile = join(root, 'buf.yaml');
  const rules = existsSync(rulesFile) ? readFileSync(rulesFile, 'utf8') : defaultRules;

  const folder = mkdtempSync(join(tmpdir(), 'stoa-proto-'));
  try {
    writeAsModule(join(folder, 'after'), files);
    const faults =
      files.size === 0 ? [] : await runBuf(join(folder, 'after'), ['lint', '.', '--config', rules]);
    const findings = [...namesakesOf(files), ...faults.map((fault) => lintFinding(fault, files))];
    if (before && !former) return [...findings, notCompared(before.label)];
    // What does not compile cannot be compared.
    if (!former?.size || sameFiles(former, files) || faults.some(({ rule }) => rule === 'COMPILE'))
      return findings;
    return [...findings, ...(await breaking(folder, former, files, rules))];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

async function breaking(
  folder: string,
  former: ProtoFiles,
  files: ProtoFiles,
  rules: string,
): Promise<Finding[]> {
  if (files.size === 0) {
    // buf refuses to compare with nothing.
    return [...former.keys()].map((path) =>
      breakFinding(
        { rule: 'FILE_NO_DELETE', message: `Previously present file "${path}" was deleted.` },
        files,
      ),
    );
  }
  writeAsModule(join(folder, 'before'), former);
  const against = ['--against', '../before', '--config', rules, '--against-config', rules];
  const faults = await runBuf(join(folder, 'after'), ['breaking', '.', ...against]);
  return faults.map((fault) => breakFinding(fault, files));
}

function namesakesOf(files: ProtoFiles): Finding[] {
  return [...files].flatMap(([path, { file, namesakes }]) =>
    namesakes.map((other) => ({
      step: 'proto' as const,
      level: 'error' as const,
      code: 'PROTO_PATH_TAKEN',
      message: `Expected ${other} to have a path of its own in its module, and ${file} has ${path} too.`,
      mend: 'Put it into a package of its own, named for its subgraph.',
      file: other,
    })),
  );
}

function lintFinding({ path, line, rule, message }: BufFinding, files: ProtoFiles): Finding {
  const file = path === undefined ? undefined : files.get(path)?.file;
  return {
    step: 'proto',
    level: 'error',
    code: `PROTO_${rule}`,
    message,
    mend:
      rule === 'COMPILE'
        ? 'Correct the file: it is no valid proto.'
        : `Follow the rule (https://buf.build/docs/lint/rules/), or except the file from it in buf.yaml.`,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  };
}

function breakFinding({ path, line, rule, message }: BufFinding, files: ProtoFiles): Finding {
  const file = path === undefined ? undefined : files.get(path)?.file;
  const names = [...message.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  return {
    step: 'proto',
    level: 'error',
    code: `PROTO_${rule}`,
    message,
    mend:
      'Keep what is there and add beside it; for another meaning, make a package of the next version (v2) and serve both. ' +
      'A break that is meant is approved in schema/approved-changes.yaml.',
    // Of what it names the first three tell which part it is; the others are what was and what is.
    coordinate: [...(path === undefined ? [] : [path]), ...names.slice(0, 3)].join('/'),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  };
}

function notCompared(label: string): Finding {
  return {
    step: 'proto',
    level: 'info',
    code: 'PROTO_NOT_COMPARED',
    message: `${label} is no commit, so that the proto files were linted and not compared with those of a base.`,
    mend: 'Name a commit by --base.',
  };
}
