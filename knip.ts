import type { KnipConfig } from 'knip';

/** What fails the check: files, exports and dependencies that nothing uses. Subgraphs are found by glob. */
const config: KnipConfig = {
  workspaces: {
    '.': {
      entry: ['bench/**/*.ts'],
      project: ['*.ts', 'bench/**/*.ts'],
      // A program of the workspace tooling, called by a script of the root; those of the machine, that benches start.
      ignoreBinaries: ['depcruise', 'rabbitmq-server', 'taskset'],
    },
    'packages/*': { entry: ['**/*.test.ts'], project: ['**/*.ts'] },
    'subgraphs/*': {
      // The mappers are named by the generated types, which are not read here.
      entry: [
        'src/{main,subgraph,events,mappers}.ts',
        // Commands, which scripts of the workspace run.
        'src/{grant-role,rotate-keys,command}.ts',
        'src/rpc/client.ts',
        'migrations/**/*.ts',
        '**/*.test.ts',
      ],
      project: ['**/*.ts', '!src/__generated__/**'],
      // What the generated rpc code imports.
      ignoreDependencies: ['@bufbuild/protobuf'],
    },
    // Of the thread that plans, and of one in its place in a test, the program is named by its path.
    router: {
      entry: [
        'src/main.ts',
        'src/engine/planning/plan-worker.ts',
        'tests/engine/telling-planner.ts',
        '**/*.test.ts',
      ],
      project: ['**/*.ts'],
    },
    host: { entry: ['src/{main,services,dev,reset,events}.ts', '**/*.test.ts'], project: ['**/*.ts'] },
    seed: { entry: ['**/*.test.ts'], project: ['**/*.ts'] },
    deploy: { entry: ['**/*.test.ts'], project: ['**/*.ts'] },
    e2e: { entry: ['**/*.test.ts'], project: ['**/*.ts'] },
    tooling: {
      entry: ['run.mjs', 'commands/*.ts', '**/*.test.ts'],
      project: ['**/*.{ts,mjs}'],
      // dependency-cruiser is called by a script of the root, and loads @swc/core to parse TypeScript.
      ignoreDependencies: ['dependency-cruiser', '@swc/core'],
    },
  },
  // A type in the signature of an exported function is exported with it, so that callers can name it.
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
