import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import { installPackages } from '../install-packages.ts';

const folder = join(repositoryRoot(), '.cache', 'bench-router', 'peers');

const packages = {
  '@graphql-hive/gateway': '2.15.1',
  '@graphql-hive/router-runtime': '1.4.23',
  graphql: '^16.15.0',
};

/**
 * Installs the gateways to compare with.
 * @returns the folder where they are
 */
export function installPeers(): string {
  installPackages(folder, packages);
  // It finds its packages from where it lies.
  const config = 'hive-without-sharing.mjs';
  copyFileSync(join(import.meta.dirname, 'gateways', config), join(folder, config));
  return folder;
}
