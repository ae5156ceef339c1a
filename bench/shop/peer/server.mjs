import { bootstrap, JobQueueService } from '@vendure/core';
import { configOf } from './config.mjs';

// `node server.mjs SETTINGS`: the peer, with its jobs run in the same process, as ours are.
const app = await bootstrap(configOf(JSON.parse(process.argv[2])));
await app.get(JobQueueService).start();
