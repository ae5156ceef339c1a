import { createPublicKey } from 'node:crypto';
import { newId } from '@stoa/clock';
import { createHttpServer } from '@stoa/http';
import { silentLogger } from '@stoa/telemetry';
import { databaseEngines } from '@stoa/testkit';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rotateKeys } from '../src/keys/rotate-keys.ts';
import { SigningKey } from '../src/keys/signing-key.entity.ts';
import { startAccounts, type TestAccounts } from './start-accounts.ts';

interface Jwk {
  readonly kid: string;
  readonly [claim: string]: string;
}

/** The accounts with a server around their REST routes. */
async function startWithServer(...args: Parameters<typeof startAccounts>) {
  const accounts = await startAccounts(...args);
  const server = createHttpServer({
    logger: silentLogger,
    bodyLimitBytes: 1_000,
    notReadyBecause: () => null,
  });
  accounts.subgraph.addRestRoutes(server);
  const fetchKeys = async () => (await server.inject('/.well-known/jwks.json')).json().keys as readonly Jwk[];
  return { accounts, server, fetchKeys };
}

describe.each(databaseEngines)('the signing keys on $engine', ({ freshUrl }) => {
  let accounts: TestAccounts;
  let server: ReturnType<typeof createHttpServer>;
  let fetchKeys: () => Promise<readonly Jwk[]>;
  const databaseUrl = freshUrl();
  beforeAll(async () => {
    ({ accounts, server, fetchKeys } = await startWithServer({ databaseUrl }));
  });
  afterAll(async () => {
    await server.close();
    await accounts.stop();
  });
  const em = () => accounts.subgraph.database.em.fork() as Parameters<typeof rotateKeys>[0];
  const rotate = (publishAheadSeconds = 300) =>
    rotateKeys(em(), {
      clock: accounts.clock,
      newId,
      keySecret: accounts.contextSecret,
      publishAheadSeconds,
      accessTokenSeconds: 900,
    });
  const kidOf = (token: string) => jwt.decode(token, { complete: true })?.header.kid;
  const newToken = async () => (await accounts.newUser()).session.accessToken;
  const verify = async (token: string) => {
    const key = (await fetchKeys()).find(({ kid }) => kid === kidOf(token));
    if (key === undefined) throw new Error('The key is not published');
    return jwt.verify(token, createPublicKey({ key, format: 'jwk' }), {
      algorithms: ['ES256'],
      issuer: 'http://localhost:4000',
      audience: 'stoa',
      clockTimestamp: Math.floor(accounts.clock.now().getTime() / 1000),
    });
  };

  test('are published without their secret part, to be cached for a minute', async () => {
    const response = await server.inject('/.well-known/jwks.json');
    expect(response.headers['cache-control']).toBe('public, max-age=60');
    expect(response.json()).toEqual({
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          x: expect.stringMatching(/^[\w-]{43}$/),
          y: expect.stringMatching(/^[\w-]{43}$/),
          kid: expect.any(String),
          alg: 'ES256',
          use: 'sig',
        },
      ],
    });
  });

  test('sign access tokens that say who, in which session, with which rights, for how long', async () => {
    const { id, session } = await accounts.newUser();
    const issuedAt = accounts.clock.now().getTime() / 1000;
    expect(await verify(session.accessToken)).toEqual({
      iss: 'http://localhost:4000',
      aud: 'stoa',
      sub: id,
      sid: expect.any(String),
      roles: ['CUSTOMER'],
      scope: 'account cart order',
      jti: expect.any(String),
      iat: issuedAt,
      exp: issuedAt + 900,
    });
    expect(jwt.decode(session.accessToken, { complete: true })?.header).toMatchObject({
      alg: 'ES256',
      typ: 'JWT',
    });
  });

  test('are encrypted in the database', async () => {
    for (const { privateKey } of await em().find(SigningKey, {})) {
      expect(privateKey).not.toContain('PRIVATE');
      expect(Buffer.from(privateKey, 'base64url').toString('latin1')).not.toContain('PRIVATE');
    }
  });

  test('change so that no token that is still good loses its key, and none is signed by an unknown one', async () => {
    const [old] = await fetchKeys();
    const { kid } = await rotate();
    expect((await fetchKeys()).map((key) => key.kid)).toEqual([kid, old?.kid]);

    accounts.clock.advance(299_000);
    const last = await newToken();
    expect(kidOf(last)).toBe(old?.kid);
    accounts.clock.advance(1_000);
    expect(kidOf(await newToken())).toBe(kid);

    accounts.clock.advance(898_000);
    expect(await verify(last)).toMatchObject({ iss: 'http://localhost:4000' });
    accounts.clock.advance(62_000);
    expect((await fetchKeys()).map((key) => key.kid)).toEqual([kid]);
  });

  test('change at once when asked to', async () => {
    const { kid } = await rotate(0);
    const token = await newToken();
    expect(kidOf(token)).toBe(kid);
    await verify(token);
  });

  test('are forgotten once they are retired and another change is made', async () => {
    accounts.clock.advance(86_400_000);
    await rotate();
    expect(await em().count(SigningKey)).toBe(2);
  });

  test('change once when two change them at the same moment', async () => {
    const before = await em().count(SigningKey);
    const outcomes = await Promise.allSettled([rotate(), rotate()]);
    const changes = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(changes).toBeGreaterThanOrEqual(1);
    expect(await em().count(SigningKey)).toBe(before + changes);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'KEYS_ROTATED_ALREADY' });
    }
  });
});

describe.each(databaseEngines.filter(({ engine }) => engine === 'postgresql'))(
  'several instances on $engine',
  ({ freshUrl }) => {
    test('start at once with one key, and go on with the same after that', async () => {
      const databaseUrl = freshUrl();
      const all = await Promise.all(Array.from({ length: 3 }, () => startWithServer({ databaseUrl })));
      const lists = await Promise.all(all.map(({ fetchKeys }) => fetchKeys()));
      expect(lists[0]).toHaveLength(1);
      expect(lists).toEqual(Array(3).fill(lists[0]));
      for (const { accounts, server } of all) {
        await server.close();
        await accounts.stop();
      }
    });
  },
);
