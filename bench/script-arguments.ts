import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';

/**
 * What a script of package.json gives Node, so that a bench runs what users run.
 * @throws {Error} when it runs another program
 */
export function scriptArguments(script: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8'));
  const [program, ...given]: string[] = scripts[script].split(' ');
  if (program !== 'node')
    throw new Error(`Expected "${script}" in package.json to run node, found ${program}`);
  return given;
}
