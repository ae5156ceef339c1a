import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '@stoa/errors';
import type { Registry } from '@stoa/registry';
import type { SubgraphModule } from '@stoa/subgraph';

/**
 * Loads the subgraphs that rover.yaml lists, each from its `src/subgraph.ts`.
 * @throws {Failure} bad-input when a file is missing or exports no subgraph of that name
 */
export async function loadModules(registry: Registry): Promise<SubgraphModule[]> {
  return Promise.all(
    registry.subgraphs.map(async ({ name, folder }) => {
      const file = join(folder, 'src', 'subgraph.ts');
      const exported = Object.values(await importFrom(file, name));
      const module = exported.find(
        (value): value is SubgraphModule => isModule(value) && value.name === name,
      );
      if (module === undefined) {
        throw new Failure(
          'bad-input',
          `${file}: expected an export made with defineSubgraph({ name: '${name}', … }), as rover.yaml lists it`,
        );
      }
      return module;
    }),
  );
}

async function importFrom(file: string, name: string): Promise<Record<string, unknown>> {
  if (!existsSync(file))
    throw new Failure('bad-input', `rover.yaml lists the subgraph ${name}, but there is no ${file}`);
  // Written as a pattern, so that a bundle holds whatever lies in subgraphs/ (docs/adr/0001).
  return import(`../../subgraphs/${name}/src/subgraph.ts`);
}

function isModule(value: unknown): value is SubgraphModule {
  return typeof value === 'object' && value !== null && 'create' in value && 'name' in value;
}
