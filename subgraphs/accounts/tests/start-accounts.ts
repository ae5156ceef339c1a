import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FixedClock, fixedClock } from '@stoa/clock';
import type { Viewer } from '@stoa/identity';
import type { Mail } from '@stoa/mail';
import { type TestSubgraph, type TestSubgraphOptions, testSubgraph } from '@stoa/testkit';
import jwt from 'jsonwebtoken';
import { vi } from 'vitest';
import type { Overrides } from '../src/app.ts';
import { accountsWith } from '../src/subgraph.ts';

export const password = 'a blue bicycle';

const session =
  '... on Session { accessToken refreshToken expiresIn user { id email name roles emailVerified createdAt } }';
const failure = '... on UserError { code message }';

export interface TestSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly user: { readonly id: string; readonly email: string };
}

/** As whom an operation runs: a guest unless told. */
type As = Parameters<TestSubgraph['query']>[2];

/** Somebody who signed up in a test. */
export interface SignedUp {
  readonly id: string;
  readonly email: string;
  readonly session: TestSession;
  /** Who the router says it is, by the access token of the sign-up. */
  readonly viewer: Viewer;
}

export interface TestAccounts extends TestSubgraph {
  readonly clock: FixedClock;
  /** The letters that were sent, oldest first. */
  readonly letters: readonly Mail[];
  /** Runs a mutation that has an input, and gives its result; throws when there is none. */
  mutate(name: string, input: object, selection: string, as?: As): Promise<Result>;
  signUp(input?: { email?: string; password?: string; name?: string; cartId?: string }): Promise<Result>;
  signIn(email: string, withPassword?: string, as?: As): Promise<Result>;
  refresh(refreshToken: string): Promise<Result>;
  /** Signs up with an address of its own. */
  newUser(): Promise<SignedUp>;
  /** The token of the letter to an address whose link leads to a page: the first, unless told which; waits for it. */
  tokenFor(email: string, page: string, count?: number): Promise<string>;
}

/** What a mutation returned: a success or an error of the schema. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it selected; the assertions check the form
export type Result = { __typename: string } & Record<string, any>;

/** Accounts with passwords that are cheap to hash, letters kept in a list, and a clock that stands still. */
export async function startAccounts(
  { environment, ...options }: TestSubgraphOptions = {},
  overrides: Overrides = {},
): Promise<TestAccounts> {
  const clock = fixedClock();
  const letters: Mail[] = [];
  const mail = { send: async (letter: Mail) => void letters.push(letter), close: () => {} };
  const subgraph = await testSubgraph(accountsWith({ mail, ...overrides }), {
    clock,
    environment: { ...cheapPasswords, ...environment },
    ...options,
  });

  const mutate: TestAccounts['mutate'] = async (name, input, selection, as) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${selection} } }`;
    const { data, errors } = await subgraph.query(document, { input }, as);
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return data[name];
  };
  const signUp: TestAccounts['signUp'] = (input) =>
    mutate(
      'signUp',
      { email: newEmail(), password, name: 'Ada', ...input },
      `${session} ${failure} ... on EmailTakenError { email } ... on InvalidInputError { field }
       ... on WeakPasswordError { rule minimumLength maximumLength }`,
    );

  return {
    ...subgraph,
    mutate,
    clock,
    letters,
    signUp,
    signIn: (email, withPassword = password, as = undefined) =>
      mutate('signIn', { email, password: withPassword }, `${session} ${failure}`, as),
    refresh: (refreshToken) => mutate('refreshSession', { refreshToken }, `${session} ${failure}`),
    async newUser() {
      const session = (await signUp()) as Result & TestSession;
      return {
        id: session.user.id,
        email: session.user.email,
        session,
        viewer: viewerOf(session.accessToken),
      };
    },
    tokenFor: (email, page, count = 1) =>
      vi.waitFor(() => {
        const link = new RegExp(`(?<=http://localhost:4000/${page}\\?token=)\\S+`);
        const tokens = letters.filter(({ to }) => to === email).flatMap(({ text }) => link.exec(text) ?? []);
        const token = tokens[count - 1];
        if (token === undefined) throw new Error(`${tokens.length} letters to ${email} lead to ${page}`);
        return token;
      }),
  };
}

export const cheapPasswords = { PASSWORD_MEMORY_KIB: '8', PASSWORD_ITERATIONS: '1' };

export function newEmail(): string {
  return `ada.${crypto.randomUUID()}@stoa.example`;
}

const folders = mkdtempSync(join(tmpdir(), 'stoa-accounts-'));
process.once('exit', () => rmSync(folders, { recursive: true, force: true }));

/** An empty folder, which goes with the process. */
export function newFolder(): string {
  return mkdtempSync(join(folders, 'data-'));
}

/** What the router makes of an access token. */
export function viewerOf(accessToken: string): Viewer {
  const claims = jwt.decode(accessToken, { json: true });
  if (claims?.sub === undefined) throw new Error('Expected a token with a subject');
  const { sub, sid, roles, scope } = claims;
  return { kind: 'user', id: sub, roles, scopes: String(scope).split(' '), sessionId: sid };
}

/** A viewer with roles that the tests give out. */
export function viewerWith(id: string, ...roles: string[]): Viewer {
  return { kind: 'user', id, roles: ['CUSTOMER', ...roles], scopes: [], sessionId: null };
}
