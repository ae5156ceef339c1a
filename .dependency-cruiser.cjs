// The boundaries of the tree, checked by `npm run boundaries`. Paths are relative to the root, and a workspace is
// known by its real folder, however it was imported. The parser is swc, as TypeScript 7 has no JavaScript API; it
// counts `import type` as an import, so that a cycle of types is a cycle too.

/** Tests may reach for anything. */
const tests = ['\\.test\\.ts$', '/tests?/', '^e2e/'];

module.exports = {
  forbidden: [
    {
      name: 'subgraphs-meet-by-contract',
      comment:
        'A subgraph imports of another only its events (src/events.ts) and its rpc client (src/rpc/client.ts).',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/', pathNot: tests },
      to: {
        path: '^subgraphs/',
        pathNot: ['^subgraphs/$1/', '^subgraphs/[^/]+/src/(events|rpc/client)\\.ts$'],
      },
    },
    {
      name: 'subgraphs-run-anywhere',
      comment: 'A subgraph knows neither who runs it nor who routes to it.',
      severity: 'error',
      from: { path: '^subgraphs/', pathNot: tests },
      to: { path: '^(router|host|tooling|e2e|bench|deploy)/' },
    },
    {
      name: 'kit-knows-no-domain',
      comment: 'packages/ is what the others stand on; it imports none of them.',
      severity: 'error',
      from: { path: '^packages/', pathNot: tests },
      to: { path: '^(subgraphs|router|host|seed|tooling|e2e|bench|deploy)/' },
    },
    {
      name: 'router-knows-no-subgraph',
      comment: 'The router runs on any supergraph; it learns of subgraphs from that file alone.',
      severity: 'error',
      from: { path: '^router/', pathNot: tests },
      to: { path: '^(subgraphs|host|seed|tooling|e2e|bench|deploy)/' },
    },
    {
      name: 'tooling-knows-no-subgraph',
      comment: 'The tools find subgraphs by glob or in rover.yaml.',
      severity: 'error',
      from: { path: '^tooling/', pathNot: tests },
      to: { path: '^(subgraphs|router|host|seed)/' },
    },
    {
      name: 'seed-is-plain-data',
      comment: 'seed/ holds data; it may import packages/ and nothing else.',
      severity: 'error',
      from: { path: '^seed/', pathNot: tests },
      to: { pathNot: '^(seed|packages)/' },
    },
    {
      name: 'apollo-server-in-two-places',
      comment:
        'packages/subgraph and router/ own @apollo/server; packages/testkit drives it; bench/router runs the stock gateway.',
      severity: 'error',
      from: { pathNot: [...tests, '^packages/(subgraph|testkit)/', '^router/', '^bench/router/'] },
      to: { path: '(^|/)node_modules/@apollo/server/' },
    },
    {
      name: 'no-circular',
      comment:
        'Files that import each other are one thing, or a third thing is missing. What packages do is theirs.',
      severity: 'error',
      // A workspace may have a node_modules of its own.
      from: { pathNot: '(^|/)node_modules/' },
      to: { circular: true },
    },
    {
      name: 'imports-resolve',
      comment:
        "The import leads nowhere: a file that is missing, or one that a workspace's exports do not open.",
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    // Generated code is a target only: resolvers-types.ts holds types and imports Context, so that what uses its
    // types from below the context would seem to import itself. The script passes it over for the same reason.
    doNotFollow: { path: ['node_modules', '/__generated__/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
