import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import { expect, it } from 'vitest';

const root = repositoryRoot();
const documented = readFileSync(join(root, 'docs', 'settings.md'), 'utf8');

/** The variables that the code's config files name as keys of a shape. */
function variablesOfTheCode(): string[] {
  const names = new Set<string>();
  for (const folder of [
    'packages/events',
    'packages/mail',
    'packages/subgraph',
    'subgraphs',
    'router',
    'host',
    'tooling',
    'e2e',
  ]) {
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (/node_modules|__generated__|\.test\.ts$/.test(path) || !/config[^/]*\.ts$/.test(path)) continue;
      const code = readFileSync(join(root, folder, path), 'utf8');
      for (const [, key, quoted] of code.matchAll(
        /^\s+([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|PORT):|'([A-Z]+(?:_[A-Z]+)+)'/gm,
      )) {
        names.add(key ?? quoted ?? '');
      }
    }
  }
  return [...names].sort();
}

const variables = variablesOfTheCode();

it('finds the variables of the code', () => {
  expect(variables).toEqual(
    expect.arrayContaining(['PORT', 'DATABASE_URL', 'RESERVATION_SECONDS', 'TEST_REDIS_URL']),
  );
});

it.each(variables)('docs/settings.md says what %s sets', (name) => {
  expect(documented).toMatch(new RegExp(`\\b${name}\\b`));
});

it('docs/settings.md names no variable that nothing reads', () => {
  const named = [...documented.matchAll(/^\| ([^|]+) \|/gm)].flatMap(
    ([, cell = '']) => cell.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? [],
  );
  const made = /_(RPC_URL|DATABASE_URL)$|^(CHROMIUM_PATH|RPC_PORT|STOA_REQUIRE_SERVICES)$/;
  expect(named.filter((name) => !variables.includes(name) && !made.test(name))).toEqual([]);
});
