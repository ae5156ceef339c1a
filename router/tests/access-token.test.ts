import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { callerOf } from '../src/identity/access-token.ts';
import { createKeySet } from '../src/identity/key-set.ts';
import { tokenMaker } from './token-maker.ts';

const maker = tokenMaker();
const stranger = tokenMaker();
const keys = createKeySet(async () => maker.keySet);
const expected = { issuer: 'http://localhost:4000', audience: 'stoa', algorithms: ['ES256'] };
const read = (authorization?: string) => callerOf(authorization, keys, expected);

/** The public key as the attacker of an HMAC mix-up would use it: as a shared secret. */
const publicAsSecret = JSON.stringify(maker.keySet.keys[0]);

describe('an access token', () => {
  it('names a user with roles, scopes and session', async () => {
    expect(await read(`Bearer ${maker.token()}`)).toEqual({
      viewer: { kind: 'user', id: 'u-1', roles: ['CUSTOMER'], scopes: ['shop'], sessionId: 's-1' },
      clientId: null,
      expiresAt: expect.any(Date),
    });
  });

  it('names the client program that it was made for', async () => {
    expect((await read(`Bearer ${maker.token({ client_id: 'mobile' })}`)).clientId).toBe('mobile');
  });

  it('may be missing: a guest asks', async () => {
    expect(await read(undefined)).toMatchObject({ viewer: { kind: 'guest', id: null }, clientId: null });
  });

  it.each([
    ['another scheme', 'Basic dTpw', 'expected "Authorization: Bearer <access token>"'],
    ['something that is no token', 'Bearer abc', 'expected a JSON Web Token'],
    [
      'one that has expired',
      `Bearer ${maker.token({}, { expiresIn: -10 })}`,
      'it has expired; refresh the session',
    ],
    [
      'one for another audience',
      `Bearer ${maker.token({}, { audience: 'elsewhere' })}`,
      'expected one made for stoa',
    ],
    [
      'one of another issuer',
      `Bearer ${maker.token({}, { issuer: 'https://evil.example' })}`,
      'expected one made by http://localhost:4000',
    ],
    [
      'an unsigned one (alg none)',
      `Bearer ${jwt.sign({ sub: 'u-1' }, '', { algorithm: 'none', keyid: maker.keyId })}`,
      'expected one signed with ES256',
    ],
    [
      'one signed with the public key as a secret',
      `Bearer ${jwt.sign({ sub: 'u-1' }, publicAsSecret, { algorithm: 'HS256', keyid: maker.keyId })}`,
      'expected one signed with ES256',
    ],
    [
      'one signed by a stranger under our key id',
      `Bearer ${stranger.token({}, { keyid: maker.keyId })}`,
      'its signature is wrong',
    ],
    [
      'one signed with an unknown key',
      `Bearer ${stranger.token()}`,
      'its key is not, or no longer, published',
    ],
    ['one whose payload was changed', `Bearer ${tamper(maker.token())}`, 'its signature is wrong'],
    ['one that is not valid yet', `Bearer ${maker.token({}, { notBefore: 30 })}`, 'it is not valid yet'],
  ])('is refused when it is %s', async (_, authorization, message) => {
    await expect(read(authorization)).rejects.toMatchObject({
      kind: 'unauthenticated',
      message: expect.stringContaining(message),
    });
  });

  it('tells an expired one apart by its code, so that a client knows to refresh', async () => {
    await expect(read(`Bearer ${maker.token({}, { expiresIn: -10 })}`)).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
    });
  });
});

describe('the key set', () => {
  it('reads the keys once for all who wait', async () => {
    let reads = 0;
    const set = createKeySet(async () => {
      reads += 1;
      return maker.keySet;
    });
    await Promise.all(Array.from({ length: 20 }, () => set.find(maker.keyId)));
    expect(reads).toBe(1);
  });

  it('takes up a rotated key at once, yet is not flooded by made-up key ids', async () => {
    let now = 0;
    let reads = 0;
    let published = maker.keySet;
    const set = createKeySet(
      async () => {
        reads += 1;
        return published;
      },
      { now: () => now },
    );
    await set.find(maker.keyId);
    published = { keys: [...maker.keySet.keys, ...stranger.keySet.keys] };
    now += 6_000;
    expect(await set.find(stranger.keyId)).not.toBeNull();
    for (let made = 0; made < 50; made += 1) expect(await set.find(`made-up-${made}`)).toBeNull();
    expect(reads).toBe(2);
  });

  it('serves the keys it has while the publisher is away, and says so when it has none', async () => {
    let now = 0;
    let away = false;
    const fetchKeys = async () => {
      if (away) throw new Error('connection refused');
      return maker.keySet;
    };
    const set = createKeySet(fetchKeys, { now: () => now });
    await set.find(maker.keyId);
    away = true;
    now += 3_600_000;
    expect(await set.find(maker.keyId)).not.toBeNull();
    await expect(createKeySet(fetchKeys).find(maker.keyId)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

function tamper(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, roles: ['ADMIN'] })).toString('base64url');
  return `${header}.${changed}.${signature}`;
}
