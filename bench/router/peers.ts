import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import { installPackages } from '../install-packages.ts';

/** Where the gateways are that are not ours. */
export const peersFolder = join(repositoryRoot(), '.cache', 'bench-router', 'peers');

const packages = {
  '@graphql-hive/gateway': '2.15.1',
  '@graphql-hive/router-runtime': '1.4.23',
  graphql: '^16.15.0',
};

/** Installs the gateways to compare with, unless they are there. */
export function installPeers(): void {
  installPackages(peersFolder, packages);
  // It finds its packages from where it lies.
  const config = 'hive-without-sharing.mjs';
  copyFileSync(join(import.meta.dirname, 'gateways', config), join(peersFolder, config));
}
