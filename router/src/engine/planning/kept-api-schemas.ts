import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildASTSchema, type GraphQLSchema, parse, printSchema } from 'graphql';
import type { KeptApiSchemas } from '../supergraph.ts';
import { keptFileName, makeRoom } from './kept-files.ts';

export interface KeptApiSchemasOptions {
  /** Made when the first schema is kept. */
  readonly folder: string;
  /** Told when one cannot be kept. */
  readonly onFailed: (error: unknown) => void;
}

/**
 * Keeps what clients see of a supergraph in a file, for the next start of the process, which need not make it again: to read, check
 * and reduce a composed schema is a sixth of a start.
 */
export function keptApiSchemas({ folder, onFailed }: KeptApiSchemasOptions): KeptApiSchemas {
  return {
    find: (sdl) => read(join(folder, keptFileName(sdl, '.graphql'))),
    async keep(sdl, schema) {
      const name = keptFileName(sdl, '.graphql');
      const unfinished = join(folder, `${name}.${process.pid}`);
      try {
        await makeRoom(folder, name);
        await writeFile(unfinished, printSchema(schema), { mode: 0o600 });
        await rename(unfinished, join(folder, name));
      } catch (error) {
        onFailed(error);
      }
    },
  };
}

/** @returns undefined where there is none, or none that can be read */
function read(file: string): GraphQLSchema | undefined {
  try {
    const document = parse(readFileSync(file, 'utf8'), { noLocation: true });
    // It was valid when it was printed.
    return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  } catch {
    return undefined;
  }
}
