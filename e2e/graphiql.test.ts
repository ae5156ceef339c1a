import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, isBrowserRequired } from './browser.config.ts';
import { type OpenShop, openShop } from './open-shop.ts';

const executablePath = chromiumPath();
if (executablePath === null && !isBrowserRequired())
  console.warn('Chromium is not here (CHROMIUM_PATH): its tests are skipped');

describe.skipIf(executablePath === null && !isBrowserRequired())(
  'GraphiQL in a browser without the internet',
  () => {
    let shop: OpenShop;
    let browser: Browser;
    let base: string;
    beforeAll(async () => {
      shop = await openShop();
      base = (await shop.shop.router.server.listen({ port: 0, host: '127.0.0.1' })).replace(/\/$/, '');
      browser = await chromium.launch({
        executablePath: executablePath ?? undefined,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      });
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await shop?.close();
    });

    it('runs the query it shows, and asks nobody but the shop', async () => {
      const page = await browser.newPage();
      const elsewhere: string[] = [];
      await page.route('**/*', async (route) => {
        const url = route.request().url();
        if (url.startsWith(base) || /^(data|blob):/.test(url)) return route.continue();
        elsewhere.push(url);
        return route.abort();
      });
      await page.goto(`${base}/graphiql`);
      await page.getByRole('button', { name: /execute query/i }).click();
      await expect
        .poll(() => page.locator('.graphiql-response, .result-window').first().textContent(), {
          timeout: 60_000,
        })
        .toContain('priceRange');
      expect(elsewhere).toEqual([]);
    });
  },
);
