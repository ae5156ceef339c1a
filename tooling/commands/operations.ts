import { parseArgs } from 'node:util';
import { repositoryRoot } from '@stoa/registry';
import { checkManifests, writeManifests } from '../operations/manifest-files.ts';

// `npm run operations` writes the manifests of the clients' documents; with `-- --check` it only says whether they are current.
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const { ok, message } = (values.check ? checkManifests : writeManifests)(repositoryRoot());
if (ok) {
  console.log(message);
} else {
  console.error(message);
  process.exitCode = 1;
}
