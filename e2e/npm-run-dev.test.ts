import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryCopy } from '@stoa/tooling/repository-copy';
import { describe, expect, it } from 'vitest';
import { httpClient } from './client.ts';
import { freePorts, temporaryFolder } from './processes.ts';

describe('npm run dev', () => {
  it('composes and starts again when a schema changes, and stays up while it does not compose', async () => {
    const copy = repositoryCopy();
    const port = await freePorts(1);
    const dev = await copy.start('npm run dev', /A query to paste/, {
      PORT: String(port),
      STOA_DATA_DIR: temporaryFolder('dev'),
      STOA_SEED: 'false',
    });
    try {
      const ask = httpClient(`http://localhost:${port}/graphql`);
      const fieldsOfFacet = async () => {
        const { data } = await ask('{ __type(name: "Facet") { fields { name } } }').catch(() => ({
          data: null,
        }));
        return (data?.__type?.fields ?? []).map(({ name }: { name: string }) => name);
      };
      const file = join(copy.root, 'subgraphs', 'catalog', 'schema.graphql');
      const schema = readFileSync(file, 'utf8');
      expect(await fieldsOfFacet()).not.toContain('icon');

      const changed = schema.replace(
        /^type Facet( [^{]*)?\{/m,
        (start) => `${start}\n  "The URL of its icon."\n  icon: String`,
      );
      expect(changed).not.toBe(schema);
      writeFileSync(file, changed);
      await expect.poll(fieldsOfFacet, { timeout: 90_000, interval: 500 }).toContain('icon');

      writeFileSync(file, `${changed}\ntype {`);
      await expect
        .poll(() => dev.output(), { timeout: 90_000, interval: 500 })
        .toContain('mend it, and the shop starts again');
      expect(await fieldsOfFacet()).toContain('icon');
    } finally {
      await dev.stop();
      copy.remove();
    }
  }, 300_000);
});
