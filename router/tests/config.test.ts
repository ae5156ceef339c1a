import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSupergraph, readRouterConfig } from '../src/index.ts';

describe('the settings of the router', () => {
  it('are all checked, and all that is wrong is told at once', () => {
    const read = () =>
      readRouterConfig({
        NODE_ENV: 'staging',
        PORT: '70000',
        JWKS_URL: 'ftp://x',
        ACCESS_TOKEN_ALGORITHMS: 'HS256',
        STOA_CONTEXT_SECRET: 's'.repeat(32),
      });
    expect(read).toThrow(/NODE_ENV: expected one of development, test, production/);
    expect(read).toThrow(/PORT: expected a port from 0 to 65535 \(found: "70000"\)/);
    expect(read).toThrow(/JWKS_URL: expected a URL that starts with http/);
    expect(read).toThrow(/ACCESS_TOKEN_ALGORITHMS: expected some of ES256/);
  });

  it('have no default secret in production', () => {
    expect(() => readRouterConfig({ NODE_ENV: 'production' })).toThrow('production has no default');
    expect(() => readRouterConfig({ NODE_ENV: 'production', STOA_CONTEXT_SECRET: 'short' })).toThrow(
      'at least 32 characters',
    );
  });
});

describe('a supergraph file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-router-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  it.each([
    ['is missing', () => join(folder, 'none.graphql'), 'Cannot read the supergraph'],
    ['does not parse', () => file('broken.graphql', 'type {'), 'is not valid GraphQL'],
    [
      'was not composed',
      () => file('plain.graphql', 'type Query { a: Int }'),
      'is a schema, but not a supergraph',
    ],
  ])('that %s is refused with the way out', (_, path, message) => {
    expect(() => loadSupergraph(path())).toThrow(message);
    expect(() => loadSupergraph(path())).toThrow('npm run compose');
  });
});
