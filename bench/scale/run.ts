import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureCatalogue } from './catalogue.ts';
import { measureCustomers } from './customer.ts';
import { measureInstances } from './instances.ts';
import { smallest } from './kept-shops.ts';
import { measureLoad } from './load.ts';
import type { Options } from './options.ts';
import { measureShoppers } from './shoppers.ts';

// `npm run bench:scale -- [--only load,catalogue,customer,shoppers,instances] [--products N] [--orders N] [--again] [--seconds N]
// [--warm N] [--connections N] [--shoppers N] [--most-shoppers N] [--instances N] [--cores LIST] [--postgres URL] [--broker URL]`
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'load,catalogue,customer,shoppers,instances' },
    products: { type: 'string', default: '100000' },
    orders: { type: 'string', default: '10000' },
    again: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '10' },
    warm: { type: 'string', default: '5' },
    connections: { type: 'string', default: '32' },
    shoppers: { type: 'string', default: '16' },
    'most-shoppers': { type: 'string', default: '256' },
    instances: { type: 'string', default: '4' },
    cores: { type: 'string' },
    postgres: { type: 'string', default: 'postgres://postgres@127.0.0.1:5432/postgres' },
    broker: { type: 'string', default: 'amqp://guest:guest@127.0.0.1:5672' },
  },
});
const options: Options = {
  products: Number(values.products),
  connections: Number(values.connections),
  warmSeconds: Number(values.warm),
  seconds: Number(values.seconds),
  shoppers: Number(values.shoppers),
  cores: values.cores ?? otherCores(),
  postgres: values.postgres,
  broker: values.broker,
};
const sizes = growing(smallest, options.products, 10);
const parts: Readonly<Record<string, () => Promise<void>>> = {
  load: () => measureLoad(sizes, values.again),
  catalogue: () => measureCatalogue(sizes, options),
  customer: () => measureCustomers([10, Number(values.orders)], options),
  shoppers: () => measureShoppers(growing(1, Number(values['most-shoppers']), 2), options),
  instances: () => measureInstances(upTo(Number(values.instances)), options),
};
for (const name of values.only.split(',')) {
  const measurePart = parts[name];
  if (measurePart === undefined)
    throw new Error(`Expected ${Object.keys(parts).join(', ')}, found ${JSON.stringify(name)}`);
  await measurePart();
  const load = loadavg()
    .map((average) => average.toFixed(1))
    .join(' ');
  console.log(`Load average after ${name}: ${load}`);
}

/** From the first by a factor, and the last. */
function growing(first: number, last: number, factor: number): readonly number[] {
  const numbers: number[] = [];
  for (let number = first; number < last; number *= factor) numbers.push(number);
  return [...numbers, last];
}

function upTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** All cores but core 1, where the load comes from. */
function otherCores(): string {
  return cpus()
    .map((_, core) => core)
    .filter((core) => core !== 1)
    .join(',');
}
