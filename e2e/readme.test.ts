import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '@stoa/registry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenShop, openShop } from './open-shop.ts';

const read = (path: string) => readFileSync(join(repositoryRoot(), path), 'utf8');
const block = (text: string, language: string) => text.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';

let shop: OpenShop;
let address: string;
beforeAll(async () => {
  shop = await openShop();
  address = await shop.shop.router.server.listen({ port: 0, host: '127.0.0.1' });
}, 120_000);
afterAll(() => shop?.close());

describe('what the documents say', () => {
  it('README: its query gives its answer', async () => {
    const text = read('README.md');
    const { data } = await shop.send(block(text, 'graphql'));
    expect({ data }).toEqual(JSON.parse(block(text, 'json')));
  });

  it('docs/buying.md: its commands lead from sign-up to the order', async () => {
    const commands = [...read('docs/buying.md').matchAll(/```sh\n([\s\S]*?)```/g)]
      .map(([, code]) => code)
      .join('\necho\n');
    const script = commands.replaceAll('http://localhost:4000', address.replace(/\/$/, ''));
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
      timeout: 60_000,
    });
    const answers = stdout
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line).data);
    expect(answers).toMatchObject([
      { setShippingAddress: { total: { amount: 16_780, currency: 'EUR' }, problems: [] } },
      { placeOrder: { __typename: 'Order', state: 'PAID', paymentStatus: 'PAID' } },
      {
        me: {
          email: 'ada@buyer.example',
          orders: { nodes: [{ state: 'PAID', lines: [{ sku: 'LIN-SHIRT-0241-M-BRY', quantity: 2 }] }] },
        },
      },
    ]);
  }, 90_000);

  it('README: its links lead somewhere', () => {
    for (const path of ['README.md', 'docs/README.md']) {
      for (const [, target = ''] of read(path).matchAll(/\]\(([^)#]+)\)/g)) {
        expect(
          () => readFileSync(join(repositoryRoot(), path, '..', target)),
          `${path} → ${target}`,
        ).not.toThrow(/ENOENT/);
      }
    }
  });
});
