import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  bootstrap,
  Channel,
  CollectionService,
  JobQueueService,
  ProductVariantPrice,
  RequestContextService,
  SearchService,
  TransactionalConnection,
} from '@vendure/core';
import { populate } from '@vendure/core/cli/index.js';
import { configOf } from './config.mjs';

// `node populate.mjs SETTINGS CATALOGUE`: makes the tables, imports the catalogue, and waits until its jobs are done.
const settings = JSON.parse(process.argv[2]);
const { initialData, csvFile, collections } = JSON.parse(readFileSync(process.argv[3], 'utf8'));

const app = await populate(
  async () => {
    const database = { ...settings.database, synchronize: true };
    // An import makes thousands of jobs, which at the pace of a shop would take a quarter of an hour.
    const opened = await bootstrap(configOf({ ...settings, database }, { pollInterval: 5 }));
    await opened.get(JobQueueService).start();
    return opened;
  },
  initialData,
  csvFile,
);
const { rawConnection } = app.get(TransactionalConnection);

// Prices are in euros and have their tax in them.
const updateAll = (entity, fields) => rawConnection.createQueryBuilder().update(entity).set(fields).execute();
await updateAll(ProductVariantPrice, { currencyCode: 'EUR' });
await updateAll(Channel, {
  defaultCurrencyCode: 'EUR',
  availableCurrencyCodes: ['EUR'],
  pricesIncludeTax: true,
});

const contextOf = () => app.get(RequestContextService).create({ apiType: 'admin' });
for (const { productNumbers, ...texts } of collections) {
  await app.get(CollectionService).create(await contextOf(), {
    translations: [{ languageCode: 'en', ...texts }],
    filters: [
      {
        code: 'product-id-filter',
        arguments: [
          // Products got their ids in the order of the file.
          { name: 'productIds', value: JSON.stringify(productNumbers.map(String)) },
          { name: 'combineWithAnd', value: 'true' },
        ],
      },
    ],
  });
}
await jobsDone('apply-collection-filters');
// The import leaves a job for each product and variant to be indexed; indexing all anew does the same at once.
await rawConnection.query(
  `DELETE FROM job_record WHERE "queueName" = 'update-search-index' AND state = 'PENDING'`,
);
await jobsDone('%');
await app.get(SearchService).reindex(await contextOf());
await jobsDone('%');
await app.close();
process.exit(0);

async function jobsDone(queue) {
  for (let calm = 0; calm < 3; ) {
    await sleep(1_000);
    const [{ n }] = await rawConnection.query(
      `SELECT count(*) AS n FROM job_record WHERE state IN ('PENDING', 'RUNNING', 'RETRYING') AND "queueName" LIKE '${queue}'`,
    );
    calm = Number(n) === 0 ? calm + 1 : 0;
    if (calm === 0) console.log(`${n} jobs left`);
  }
}
