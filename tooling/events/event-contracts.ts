import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { EventDefinition } from '@stoa/events';
import { type Registry, RegistryError, readRegistry } from '@stoa/registry';
import { eventFile, eventsFolder, payloadSchemaOf, writeEventContract } from '@stoa/schema-check';

/** Loads `src/events.ts` of the subgraph of a name. */
export type LoadEvents = (subgraph: string) => Promise<object>;

/** What a run of `npm run events:contracts` comes to. */
export interface EventContractsOutcome {
  readonly ok: boolean;
  /** What to print. */
  readonly message: string;
}

/**
 * Writes the events of every subgraph (what its src/events.ts exports) as JSON Schema, a file an event, and removes the
 * files of events that are no more.
 */
export async function writeEventContracts(root: string, load: LoadEvents): Promise<EventContractsOutcome> {
  const wanted = await contractsOfSubgraphs(root, load);
  if (!(wanted instanceof Map)) return wanted;
  const folder = join(root, eventsFolder);
  mkdirSync(folder, { recursive: true });
  for (const file of committedFiles(root)) if (!wanted.has(file)) rmSync(join(root, file));
  for (const [file, text] of wanted) writeFileSync(join(root, file), text);
  return { ok: true, message: `${eventsFolder} holds the contracts of ${wanted.size} events` };
}

/** Whether the committed contracts are those of the events in code. Changes nothing. */
export async function checkEventContracts(root: string, load: LoadEvents): Promise<EventContractsOutcome> {
  const wanted = await contractsOfSubgraphs(root, load);
  if (!(wanted instanceof Map)) return wanted;
  const committed = committedFiles(root);
  const drifted = [
    ...[...wanted].flatMap(([file, text]) => {
      if (!committed.includes(file)) return [`${file} is missing`];
      return readFileSync(join(root, file), 'utf8') === text ? [] : [`${file} is not what the code says`];
    }),
    ...committed.filter((file) => !wanted.has(file)).map((file) => `${file} is of an event that is no more`),
  ];
  if (drifted.length === 0) return { ok: true, message: `${eventsFolder} is current` };
  return {
    ok: false,
    message: `${drifted.join('\n')}\nRun \`npm run events:contracts\` and commit the files.`,
  };
}

async function contractsOfSubgraphs(
  root: string,
  load: LoadEvents,
): Promise<Map<string, string> | EventContractsOutcome> {
  const contracts = new Map<string, string>();
  const origins = new Map<string, string>();
  try {
    for (const { file, definition } of await eventsOf(readRegistry(join(root, 'rover.yaml')), load)) {
      const { type, payload } = definition;
      const other = origins.get(type);
      const here = relative(root, file);
      if (other !== undefined) {
        return {
          ok: false,
          message: `${here}: expected an event of its own name, and ${other} has ${type} too`,
        };
      }
      origins.set(type, here);
      contracts.set(eventFile(type), writeEventContract({ type, payload: payloadSchemaOf(payload) }));
    }
  } catch (error) {
    if (error instanceof RegistryError) return { ok: false, message: error.message };
    throw error;
  }
  return contracts;
}

async function eventsOf({ subgraphs }: Registry, load: LoadEvents) {
  const withEvents = subgraphs
    .map(({ name, folder }) => ({ name, file: join(folder, 'src/events.ts') }))
    .filter(({ file }) => existsSync(file));
  const modules = await Promise.all(
    withEvents.map(async ({ name, file }) => ({ file, exported: await load(name) })),
  );
  return modules.flatMap(({ file, exported }) =>
    Object.values(exported)
      .filter(isEventDefinition)
      .map((definition) => ({ file, definition })),
  );
}

function isEventDefinition(value: unknown): value is EventDefinition {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'payload' in value
  );
}

function committedFiles(root: string): string[] {
  const folder = join(root, eventsFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${eventsFolder}/${name}`);
}
