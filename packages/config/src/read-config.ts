import { z } from 'zod';

/** The environment as a process gets it; passed in, so that tests can give another. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable's parser, by the variable's name. */
export type ConfigShape = Readonly<Record<string, z.ZodType>>;

export type ConfigOf<Shape extends ConfigShape> = { readonly [Name in keyof Shape]: z.output<Shape[Name]> };

/** Every variable that was missing or malformed, in one message. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(owner: string, problems: readonly string[]) {
    super(
      `${owner} cannot start with this environment:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/**
 * Parses the variables that `shape` names. An empty string counts as not set, as shells and
 * compose files write it.
 * @throws {ConfigError} with all problems together
 */
export function readConfig<const Shape extends ConfigShape>(
  owner: string,
  shape: Shape,
  environment: Environment,
): ConfigOf<Shape> {
  const given = Object.fromEntries(
    Object.keys(shape).map((name) => [name, environment[name] === '' ? undefined : environment[name]]),
  );
  const result = z.object(shape as Record<string, z.ZodType>).safeParse(given);
  if (result.success) return result.data as ConfigOf<Shape>;
  const secret = /secret|password|key|token/i;
  throw new ConfigError(
    owner,
    result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const value = given[name];
      const found =
        value === undefined
          ? 'not set'
          : secret.test(name)
            ? 'a value not shown'
            : JSON.stringify(withoutCredentials(value));
      return `${name}: ${issue.message} (found: ${found})`;
    }),
  );
}

/** A URL may carry a password, which belongs in no message. */
function withoutCredentials(value: string): string {
  return value.replace(/\/\/[^/@]*@/, '//***@');
}

/** A TCP port; 0 asks the system for a free one. */
export function port(fallback: number) {
  return z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'expected a port from 0 to 65535')
    .transform(Number);
}

/** A whole number in a range, with a default. */
export function integer(fallback: number, range: { min: number; max: number }) {
  return z
    .string()
    .default(String(fallback))
    .refine(
      (text) => /^-?\d+$/.test(text) && Number(text) >= range.min && Number(text) <= range.max,
      `expected a whole number from ${range.min} to ${range.max}`,
    )
    .transform(Number);
}

/** `true` or `false`. */
export function flag(fallback: boolean) {
  return z
    .enum(['true', 'false'], 'expected true or false')
    .default(fallback ? 'true' : 'false')
    .transform((text) => text === 'true');
}

/** One of the given words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
  fallback: Words[number],
) {
  return z.enum(words, `expected one of ${words.join(', ')}`).default(fallback as never);
}

/** An absolute URL with one of the given schemes. */
export function url(schemes: readonly string[]) {
  return z
    .string()
    .refine(
      (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)),
      `expected a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    );
}
