import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs packages to compare with, the first time, into a folder that is no part of the repository: they and what they
 * stand on have no place in its lock file.
 * @param packages their versions by name
 * @param options.scriptsOf those that build something when they are installed
 */
export function installPackages(
  folder: string,
  packages: Readonly<Record<string, string>>,
  { scriptsOf = [] }: { readonly scriptsOf?: readonly string[] } = {},
): void {
  if (Object.keys(packages).every((name) => existsSync(join(folder, 'node_modules', name)))) return;
  console.log(`Installing ${Object.keys(packages).join(', ')}, once`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: packages,
      allowScripts: Object.fromEntries(scriptsOf.map((name) => [name, true])),
    }),
  );
  const options = { cwd: folder, stdio: 'inherit' } as const;
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], options);
  if (scriptsOf.length > 0) execFileSync('npm', ['rebuild', ...scriptsOf], options);
}
