import { describe, expect, it } from 'vitest';
import { ConfigError, flag, integer, oneOf, port, readConfig, url, z } from './index.ts';

const shape = {
  PORT: port(4000),
  WORKERS: integer(2, { min: 1, max: 8 }),
  VERBOSE: flag(false),
  COLOUR: oneOf(['red', 'blue'], 'blue'),
  DATABASE_URL: url(['postgresql']).optional(),
  API_SECRET: z.string().min(10, 'expected at least 10 characters').optional(),
};

describe('reading the environment', () => {
  it('gives parsed values, and defaults for what is not set or empty', () => {
    expect(readConfig('test', shape, { PORT: '8080', VERBOSE: 'true', WORKERS: '' })).toEqual({
      PORT: 8080,
      WORKERS: 2,
      VERBOSE: true,
      COLOUR: 'blue',
    });
  });

  it('tells all problems together, with what was expected and what was found', () => {
    const read = () =>
      readConfig('test', shape, {
        PORT: '99999',
        WORKERS: '0',
        VERBOSE: 'yes',
        COLOUR: 'green',
        DATABASE_URL: 'mysql://x',
      });
    expect(read).toThrow(ConfigError);
    for (const problem of [
      'PORT: expected a port from 0 to 65535 (found: "99999")',
      'WORKERS: expected a whole number from 1 to 8 (found: "0")',
      'VERBOSE: expected true or false (found: "yes")',
      'COLOUR: expected one of red, blue (found: "green")',
      'DATABASE_URL: expected a URL that starts with postgresql:// (found: "mysql://x")',
    ]) {
      expect(read).toThrow(problem);
    }
  });

  it('never shows the password in a URL', () => {
    expect(() => readConfig('test', shape, { DATABASE_URL: 'mysql://root:hunter2@db/x' })).toThrow(
      '(found: "mysql://***@db/x")',
    );
  });

  it('never shows a secret', () => {
    expect(() => readConfig('test', shape, { API_SECRET: 'hunter2' })).toThrow(
      'API_SECRET: expected at least 10 characters (found: a value not shown)',
    );
  });
});
