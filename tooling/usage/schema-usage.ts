import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Environment } from '@stoa/config';
import { apiSchemaOf, supergraphFrom } from '@stoa/schema-check';
import { openUsageStore, type UsageStore } from '@stoa/usage';
import type { GraphQLSchema } from 'graphql';
import { hasCoordinate } from './schema-coordinates.ts';
import { table } from './table.ts';
import { unusedFields } from './unused-fields.ts';
import { usageUrl } from './usage-config.ts';

const usageOfCommand = `Usage: npm run schema:usage -- --field Type.field [--days N] [--usage URL] [--json]
       npm run schema:usage -- --unused [--days N] [--usage URL] [--json]

  --field   who used it: a field (Product.name), an argument (Query.product(slug:)), an input field or an enum value
  --unused  the fields of schema/supergraph.graphql that nobody used
  --days    how far to look back; 30 without it
  --usage   the record: sqlite:/path or postgresql://…; without it the router's, by USAGE_DATABASE_URL and STOA_DATA_DIR`;

/** What the command comes to. */
export interface UsageAnswer {
  readonly ok: boolean;
  /** What to print. */
  readonly text: string;
}

interface Question {
  readonly store: UsageStore;
  readonly schema: GraphQLSchema;
  readonly since: Date;
  readonly days: number;
  readonly asJson: boolean;
}

const dayMs = 86_400_000;

/**
 * Answers `npm run schema:usage`.
 * @param args of the command line
 * @param root of the repository
 * @throws {Failure} when the record is missing or cannot be opened
 */
export async function schemaUsage(
  args: readonly string[],
  environment: Environment,
  root: string,
  now = new Date(),
): Promise<UsageAnswer> {
  const asked = readArguments(args);
  if (typeof asked === 'string') return { ok: false, text: `${asked}\n\n${usageOfCommand}` };
  const store = await openUsageStore({ url: asked.usage ?? usageUrl(environment, root), mustExist: true });
  try {
    const question: Question = {
      store,
      schema: apiSchemaOf(supergraphFrom(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8'))),
      since: new Date(now.getTime() - asked.days * dayMs),
      days: asked.days,
      asJson: asked.json,
    };
    return asked.field === undefined
      ? await answerUnused(question, now)
      : await answerField(question, asked.field);
  } finally {
    await store.close();
  }
}

function readArguments(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        field: { type: 'string' },
        unused: { type: 'boolean', default: false },
        days: { type: 'string', default: '30' },
        usage: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    if (!/^[1-9]\d{0,3}$/.test(values.days)) return `Expected --days from 1 to 9999, found ${values.days}`;
    if ((values.field === undefined) !== values.unused) return 'Expected one of --field and --unused';
    return { ...values, days: Number(values.days) };
  } catch (error) {
    return (error as Error).message;
  }
}

async function answerField(
  { store, schema, since, days, asJson }: Question,
  coordinate: string,
): Promise<UsageAnswer> {
  const users = await store.fieldUse(coordinate, since);
  const isThere = hasCoordinate(schema, coordinate);
  if (asJson) return { ok: isThere || users.length > 0, text: json({ coordinate, since, users }) };
  const remark = isThere
    ? ''
    : `\n${coordinate} is not in schema/supergraph.graphql. A coordinate is written as Product.name or Query.product(slug:).`;
  if (users.length === 0)
    return {
      ok: isThere,
      text: `Nobody used ${coordinate} ${window(since, days)}.${remark}${await reach(store, since)}`,
    };
  const rows = users.map(({ clientName, clientVersion, operationName, count, lastSeen }) => [
    clientName ?? '(unnamed)',
    clientVersion ?? '',
    operationName ?? '(unnamed)',
    String(count),
    lastSeen.toISOString().slice(0, 16).replace('T', ' '),
  ]);
  return {
    ok: true,
    text: `${coordinate} was used ${window(since, days)} by\n${table(['client', 'version', 'operation', 'count', 'last seen (UTC)'], rows)}${remark}${await reach(store, since)}`,
  };
}

async function answerUnused(
  { store, schema, since, days, asJson }: Question,
  now: Date,
): Promise<UsageAnswer> {
  const fields = await unusedFields(store, schema, since);
  if (asJson) return { ok: true, text: json({ since, fields }) };
  const rows = fields.map(({ coordinate, isDeprecated, lastUsed }) => [
    coordinate,
    lastUsed === null ? 'never' : `${Math.floor((now.getTime() - lastUsed.getTime()) / dayMs)} days ago`,
    isDeprecated ? 'deprecated' : '',
  ]);
  const list = rows.length === 0 ? '' : `\n${table(['field', 'last used', ''], rows)}`;
  return {
    ok: true,
    text: `${fields.length} fields were not used ${window(since, days)}.${list}${await reach(store, since)}`,
  };
}

/** A warning when the record does not reach back that far, since then "nobody" means less than it says. */
async function reach(store: UsageStore, since: Date): Promise<string> {
  const first = await store.firstDay();
  if (first === null) return '\nNothing has been recorded yet: the router records use with USAGE=on.';
  return first <= since
    ? ''
    : `\nThe record begins on ${day(first)} only: what was used before it is not known.`;
}

function window(since: Date, days: number): string {
  return `since ${day(since)} (${days} days)`;
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
