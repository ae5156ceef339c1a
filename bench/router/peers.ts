import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';

const folder = join(repositoryRoot(), '.cache', 'bench-router', 'peers');

const packages = {
  '@graphql-hive/gateway': '2.15.1',
  '@graphql-hive/router-runtime': '1.4.23',
  graphql: '^16.15.0',
};

/**
 * Installs the gateways to compare with, the first time, into a folder that is no part of the repository: they and what
 * they stand on have no place in its lock file.
 * @returns that folder
 */
export function installPeers(): string {
  const gateway = join(folder, 'node_modules', '@graphql-hive', 'gateway');
  if (!existsSync(gateway)) {
    console.log('Installing the gateways to compare with, once');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, type: 'module', dependencies: packages }),
    );
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'inherit',
    });
  }
  // It finds its packages from where it lies.
  const config = 'hive-without-sharing.mjs';
  copyFileSync(join(import.meta.dirname, 'gateways', config), join(folder, config));
  return folder;
}
