import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peerOnSqlite } from './peer.ts';
await peerOnSqlite(mkdtempSync(join(tmpdir(), 'stoa-bench-shop-')));
