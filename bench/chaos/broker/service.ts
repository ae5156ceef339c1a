import { openBroker } from '@stoa/events';
import { createLogger } from '@stoa/telemetry';
import { openCounting } from '../../events/counting.ts';
import { serviceConfig } from './config.ts';

// A process of the counting subgraph: it relays what is recorded and has its effects, until it is killed.
const { databaseUrl, brokerUrl } = serviceConfig();
const logger = createLogger({ name: 'bench', level: 'error' });
const broker = await openBroker({ url: brokerUrl, prefix: '', prefetch: 100 }, logger);
const subgraph = await openCounting(databaseUrl, broker);
subgraph.startWork();
console.log('at work');
