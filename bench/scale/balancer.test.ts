import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { freePort } from '../start.ts';
import { type Balancer, balance } from './balancer.ts';

const servers: Server[] = [];
const clients: Socket[] = [];
let balancer: Balancer | undefined;
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await balancer?.close();
  for (const server of servers.splice(0)) server.close();
});

/** A server that answers what it is told with its name. */
async function instance(name: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (text) => socket.write(`${name}: ${text}`));
  }).listen(0);
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function ask(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [answer] = await once(socket, 'data');
  return String(answer);
}

it('leads connections to each instance in turn, and keeps them there', async () => {
  const targets = [await instance('one'), await instance('other')];
  const port = await freePort();
  balancer = await balance(port, targets);
  const answers: string[] = [];
  for (let index = 0; index < 4; index += 1) {
    const socket = connect(port, '127.0.0.1');
    clients.push(socket);
    answers.push(await ask(socket, 'hello'));
    expect(await ask(socket, 'again')).toBe(answers.at(-1)?.replace('hello', 'again'));
  }
  expect(answers.sort()).toEqual(['one: hello', 'one: hello', 'other: hello', 'other: hello']);
  expect(balancer.taken).toEqual([2, 2]);
});

it('closes a connection whose instance is gone', async () => {
  balancer = await balance(await freePort(), [await freePort()]);
  expect(balancer.taken).toEqual([0]);
  const port = await freePort();
  await balancer.close();
  balancer = await balance(port, [await freePort()]);
  const socket = connect(port, '127.0.0.1');
  clients.push(socket);
  socket.on('error', () => {});
  await once(socket, 'close');
  expect(balancer.taken).toEqual([1]);
});
