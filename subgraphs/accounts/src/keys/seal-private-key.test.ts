import { describe, expect, test } from 'vitest';
import { openPrivateKey, sealPrivateKey } from './seal-private-key.ts';

const secret = 'a secret that is long enough for a test';
const sealed = sealPrivateKey('the private key', 'kid-1', secret);

describe('a sealed private key', () => {
  test('opens with its secret and its kid', () => {
    expect(openPrivateKey(sealed, 'kid-1', secret)).toBe('the private key');
  });

  test('does not show the key, and looks different each time', () => {
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('private');
    expect(sealPrivateKey('the private key', 'kid-1', secret)).not.toBe(sealed);
  });

  test.each([
    ['with another secret', sealed, 'kid-1', 'another secret that is long enough'],
    ['for another kid', sealed, 'kid-2', secret],
    ['when a bit of it has changed', flipLastBit(sealed), 'kid-1', secret],
    ['when it is cut short', sealed.slice(0, 30), 'kid-1', secret],
    ['when it is empty', '', 'kid-1', secret],
  ])('stays shut %s', (_, given, kid, by) => {
    expect(openPrivateKey(given, kid, by)).toBeNull();
  });
});

function flipLastBit(text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  return bytes.toString('base64url');
}
