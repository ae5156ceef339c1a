import { readRegistry } from '@stoa/registry';
import { loadModules } from '../host/src/load-modules.ts';
import { planServices } from '../host/src/service-plan.ts';
import { launch, type Running, untilReady } from './processes.ts';

/** More instances of some subgraphs, and a router that asks these. */
export interface SecondInstances {
  readonly routerPort: number;
  readonly running: readonly Running[];
  stop(): Promise<void>;
}

/**
 * Starts instances beside those of a shop, on the same databases.
 * @param names which subgraphs; the others are the first ones'
 * @param environment that of `npm run start:services`, with the context secret
 * @param ports the first port of the shop there is, and of the new instances
 */
export async function startSecondInstances(
  names: readonly string[],
  environment: Record<string, string>,
  ports: { readonly first: number; readonly second: number },
): Promise<SecondInstances> {
  const registry = readRegistry();
  const routerPort = ports.second + 19;
  const plan = async (firstPort: number) =>
    planServices({
      registry,
      modules: await loadModules(registry),
      environment,
      routerPort,
      contextSecret: environment.STOA_CONTEXT_SECRET ?? '',
      firstPort,
    });
  const [first] = await plan(ports.first);
  const others = registry.subgraphs.filter(({ name }) => !names.includes(name));
  const addressesOfOthers = Object.entries(first?.environment ?? {}).filter(([variable]) =>
    others.some(({ name }) =>
      [`${name.toUpperCase()}_URL`, `${name.toUpperCase()}_RPC_URL`].includes(variable),
    ),
  );
  const wanted = (await plan(ports.second)).filter(({ name }) => name === 'router' || names.includes(name));
  const running = wanted.map(({ script, environment: own }) =>
    launch(script, definedOnly({ ...own, ...Object.fromEntries(addressesOfOthers) })),
  );
  await Promise.all(running.map((process, index) => untilReady(process, wanted[index]?.port ?? 0, 120_000)));
  return {
    routerPort,
    running,
    async stop() {
      await Promise.all(running.map((process) => process.stop()));
    },
  };
}

function definedOnly(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
