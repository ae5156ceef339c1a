import { Failure } from '@stoa/errors';

type Given<Name extends string> = Readonly<Record<Name, string | null | undefined>>;

/**
 * The one argument of a look-up that was given.
 * @throws {Failure} bad-input when none was, or more than one
 */
export function exactlyOne<const Name extends string>(args: Given<Name>): { name: Name; value: string } {
  const names = Object.keys(args) as Name[];
  const given = names.flatMap((name) => {
    const value = args[name] ?? null;
    return value === null ? [] : [{ name, value }];
  });
  const [only] = given;
  if (only !== undefined && given.length === 1) return only;
  throw new Failure(
    'bad-input',
    `Expected exactly one of ${list(names)}, found ${given.length === 0 ? 'none' : 'both'}`,
  );
}

const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(' and ');
