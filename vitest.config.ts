import { defineConfig } from 'vitest/config';

export default defineConfig({
  // One graphql, as in Node: Vite would take its ES modules for our files while Apollo's take the others.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['{packages,subgraphs,router,host,seed,tooling,deploy,e2e,bench}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/.data/**'],
    globalSetup: ['tooling/test-services/setup.ts'],
    // Processes of their own, as some suites start servers and native modules; two, as on a small machine.
    pool: 'forks',
    // A worker keeps the modules it has loaded for its next file: loading them is most of the time otherwise.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
  },
});
