import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesAt, pathsAt } from '../graph/git.ts';
import type { GraphVersion } from '../graph/graph-version.ts';
import type { Finding } from '../report/finding.ts';
import type { Step } from '../step.ts';
import { comparePayloads, type PayloadChange } from './compare-payloads.ts';
import { type EventContract, eventFile, eventsFolder, readEventContract } from './event-contract.ts';

/**
 * The contracts of events under schema/events against those of the base. A new version beside the old one is safe; a
 * change of a version that is out is not, unless both sides can read what the other writes.
 */
export const eventsStep: Step = async (before, after, { root }) => {
  const now = readContracts(contractsOfWorkingTree(root));
  if (now.findings.length > 0 || before === null) return [...now.findings];
  if (before.revision === null) return now.contracts.size === 0 ? [] : [notCompared(before)];
  const former = readContracts(contractsAt(root, before.revision)).contracts;

  const findings: Finding[] = [];
  for (const [type, { payload }] of former) {
    const current = now.contracts.get(type);
    if (!current) findings.push(eventRemoved(type));
    else findings.push(...comparePayloads(payload, current.payload).map((change) => findingOf(type, change)));
  }
  for (const type of now.contracts.keys()) {
    if (!former.has(type)) findings.push(eventAdded(type, after.label));
  }
  return findings;
};

interface ContractFile {
  readonly file: string;
  readonly text: string;
}

function contractsOfWorkingTree(root: string): ContractFile[] {
  const folder = join(root, eventsFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ file: `${eventsFolder}/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
}

function contractsAt(root: string, commit: string): ContractFile[] {
  const files = pathsAt(root, commit, eventsFolder).filter((path) => path.endsWith('.json'));
  const texts = filesAt(root, commit, files);
  return files.map((file, index) => ({ file, text: texts[index] ?? '' }));
}

function readContracts(files: readonly ContractFile[]) {
  const contracts = new Map<string, EventContract>();
  const findings: Finding[] = [];
  for (const { file, text } of files) {
    const contract = readEventContract(text);
    if (contract && file === eventFile(contract.type)) contracts.set(contract.type, contract);
    else findings.push(invalidContract(file));
  }
  return { contracts, findings };
}

function invalidContract(file: string): Finding {
  return {
    step: 'events',
    level: 'error',
    code: 'EVENT_CONTRACT_INVALID',
    message: `Expected ${file} to be the JSON Schema of an event whose name is its title and the name of the file.`,
    mend: 'Write it again with `npm run events:contracts`; it is never edited by hand.',
    file,
  };
}

function findingOf(type: string, { code, isBreaking, path, message }: PayloadChange): Finding {
  const subject = path === '' ? `The payload of ${type}` : `${path} of ${type}`;
  return {
    step: 'events',
    level: isBreaking ? 'error' : 'info',
    code,
    message: `${subject} ${message}.`,
    ...(isBreaking ? { mend: mendOf(type) } : {}),
    file: eventFile(type),
    coordinate: path === '' ? type : `${type}#${path}`,
  };
}

function mendOf(type: string): string {
  const [, stem, version] = /^(.*\.v)(\d+)$/.exec(type) ?? [];
  const next = stem === undefined ? 'an event of the next version' : `${stem}${Number(version) + 1}`;
  return (
    `Leave ${type} as it was and define ${next} beside it; publish both until nobody consumes the old one. ` +
    'A new field that may be missing is always safe. A break that is meant is approved in schema/approved-changes.yaml.'
  );
}

function eventRemoved(type: string): Finding {
  return {
    step: 'events',
    level: 'error',
    code: 'EVENT_REMOVED',
    message: `${type} is no longer published, and its consumers wait for it.`,
    mend: 'Publish it until nobody consumes it any more, or approve the break in schema/approved-changes.yaml.',
    file: eventFile(type),
    coordinate: type,
  };
}

function eventAdded(type: string, label: string): Finding {
  return {
    step: 'events',
    level: 'info',
    code: 'EVENT_ADDED',
    message: `${type} is new in ${label}.`,
    file: eventFile(type),
    coordinate: type,
  };
}

function notCompared({ label }: GraphVersion): Finding {
  return {
    step: 'events',
    level: 'info',
    code: 'EVENTS_NOT_COMPARED',
    message: `${label} is no commit, so that the contracts of events were not compared with those of a base.`,
    mend: 'Name a commit by --base.',
  };
}
