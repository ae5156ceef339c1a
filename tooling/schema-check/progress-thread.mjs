import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

// JavaScript, since Node 20 runs no TypeScript in a thread; and it writes straight to the descriptor, since what process.stderr
// takes in a thread waits for the main one, which is busy.
const { isTerminal } = workerData;
const quietMs = 1_000;
const everyMs = isTerminal ? 200 : 5_000;
const standardError = 2;

const started = performance.now();
let doing = '';
let shown = '';
let shownAt = Number.NEGATIVE_INFINITY;

parentPort?.on('message', (text) => {
  doing = text;
});

setInterval(() => {
  const now = performance.now();
  if (now - started < quietMs || doing === '' || (!isTerminal && doing === shown) || now - shownAt < everyMs)
    return;
  shown = doing;
  shownAt = now;
  const seconds = `${((now - started) / 1_000).toFixed(0)} s`;
  writeSync(standardError, isTerminal ? `\r\u001b[K${seconds}  ${doing}` : `${seconds}  ${doing}\n`);
}, 100);
