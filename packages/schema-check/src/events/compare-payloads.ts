import { isDeepStrictEqual } from 'node:util';
import type { PayloadSchema } from './event-contract.ts';

/** A difference between two versions of the contract of one event. */
export interface PayloadChange {
  readonly code:
    | 'EVENT_FIELD_REMOVED'
    | 'EVENT_FIELD_ADDED'
    | 'EVENT_REQUIRED_FIELD_ADDED'
    | 'EVENT_FIELD_MADE_OPTIONAL'
    | 'EVENT_FIELD_MADE_REQUIRED'
    | 'EVENT_TYPE_CHANGED'
    | 'EVENT_VALUE_ADDED'
    | 'EVENT_VALUE_REMOVED'
    | 'EVENT_RULE_CHANGED';
  readonly isBreaking: boolean;
  /** Such as `lines[].sku`; empty for the payload itself. */
  readonly path: string;
  readonly message: string;
}

/** Keywords that say nothing of which payloads are accepted. */
const annotations = new Set([
  '$schema',
  '$id',
  '$defs',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
]);

/**
 * What differs in an event. Publishers and consumers are deployed apart and events wait in queues, so that the old form
 * must be accepted by those who know the new one and the new form by those who know the old one.
 */
export function comparePayloads(before: PayloadSchema, after: PayloadSchema): PayloadChange[] {
  return new Comparison(before, after).compare(before, after, '');
}

class Comparison {
  readonly #before: PayloadSchema;
  readonly #after: PayloadSchema;
  /** Pairs of references that are being compared already: a type may hold itself. */
  readonly #entered = new Set<string>();

  constructor(before: PayloadSchema, after: PayloadSchema) {
    this.#before = before;
    this.#after = after;
  }

  compare(before: PayloadSchema, after: PayloadSchema, path: string): PayloadChange[] {
    if (before.$ref !== undefined || after.$ref !== undefined) {
      const pair = `${before.$ref} ${after.$ref} ${before.$ref && after.$ref ? '' : path}`;
      if (this.#entered.has(pair)) return [];
      this.#entered.add(pair);
      return this.compare(resolve(before, this.#before), resolve(after, this.#after), path);
    }
    if (describeType(before) !== describeType(after)) {
      return [
        breaking('EVENT_TYPE_CHANGED', path, `is ${describeType(after)}, and was ${describeType(before)}`),
      ];
    }
    const compared = new Set(['type', ...annotations]);
    const changes: PayloadChange[] = [];
    if ([before.type].flat().includes('object')) {
      for (const keyword of ['properties', 'required', 'additionalProperties']) compared.add(keyword);
      changes.push(...this.#fields(before, after, path), ...this.#otherFields(before, after, path));
    }
    if (isSchema(before.items) && isSchema(after.items)) {
      compared.add('items');
      changes.push(...this.compare(before.items, after.items, `${path}[]`));
    }
    if (valuesOf(before) && valuesOf(after)) {
      for (const keyword of ['enum', 'const']) compared.add(keyword);
      changes.push(...values(valuesOf(before) ?? [], valuesOf(after) ?? [], path));
    }
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const [one, other] = [before[keyword], after[keyword]];
      if (!one || !other) continue;
      compared.add(keyword);
      changes.push(...this.#alternatives(one, other, path));
    }
    return [...changes, ...rules(before, after, compared, path)];
  }

  #fields(before: PayloadSchema, after: PayloadSchema, path: string): PayloadChange[] {
    const [one, other] = [before.properties ?? {}, after.properties ?? {}];
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].flatMap((name) => {
      const at = path === '' ? name : `${path}.${name}`;
      const [was, is] = [one[name], other[name]];
      const wasRequired = before.required?.includes(name) ?? false;
      const isRequired = after.required?.includes(name) ?? false;
      if (was && is) {
        return [
          ...(wasRequired && !isRequired
            ? [
                breaking(
                  'EVENT_FIELD_MADE_OPTIONAL',
                  at,
                  'may be missing now: consumers that are not released again rely on it',
                ),
              ]
            : []),
          ...(!wasRequired && isRequired
            ? [
                breaking(
                  'EVENT_FIELD_MADE_REQUIRED',
                  at,
                  'must be there now: events that are on their way may lack it',
                ),
              ]
            : []),
          ...this.compare(was, is, at),
        ];
      }
      if (was) return [breaking('EVENT_FIELD_REMOVED', at, 'is gone: consumers that read it find nothing')];
      if (isRequired) {
        return [
          breaking(
            'EVENT_REQUIRED_FIELD_ADDED',
            at,
            'is new and must be there: events that are on their way lack it',
          ),
        ];
      }
      if (before.additionalProperties === false) {
        return [
          breaking(
            'EVENT_FIELD_ADDED',
            at,
            'is new, and consumers that are not released again refuse unknown fields',
          ),
        ];
      }
      return [
        { code: 'EVENT_FIELD_ADDED', isBreaking: false, path: at, message: 'is new and may be missing' },
      ];
    });
  }

  /** The values of a record, or whether unknown fields are refused. */
  #otherFields(before: PayloadSchema, after: PayloadSchema, path: string): PayloadChange[] {
    const [one, other] = [before.additionalProperties, after.additionalProperties];
    if (isSchema(one) && isSchema(other)) return this.compare(one, other, `${path}.*`);
    const accepts = (value: unknown) => value !== false;
    return isDeepStrictEqual(one, other) ||
      (accepts(one) && accepts(other) && !isSchema(one) && !isSchema(other))
      ? []
      : [
          breaking(
            'EVENT_RULE_CHANGED',
            path,
            `has another rule for further fields: ${show(other)}, and was ${show(one)}`,
          ),
        ];
  }

  #alternatives(
    before: readonly PayloadSchema[],
    after: readonly PayloadSchema[],
    path: string,
  ): PayloadChange[] {
    const gone = before.filter((one) => !after.some((other) => isDeepStrictEqual(one, other)));
    const come = after.filter((one) => !before.some((other) => isDeepStrictEqual(one, other)));
    if (gone.length === come.length) {
      return gone.flatMap((one, index) => {
        const other = come[index];
        return other ? this.compare(one, other, path) : [];
      });
    }
    return [
      ...gone.map((one) =>
        breaking(
          'EVENT_VALUE_REMOVED',
          path,
          `can no longer be ${show(one)}: events that are on their way may hold it`,
        ),
      ),
      ...come.map((one) =>
        breaking(
          'EVENT_VALUE_ADDED',
          path,
          `can be ${show(one)} too: consumers that are not released again refuse it`,
        ),
      ),
    ];
  }
}

function values(before: readonly unknown[], after: readonly unknown[], path: string): PayloadChange[] {
  return [
    ...before
      .filter((value) => !after.includes(value))
      .map((value) =>
        breaking(
          'EVENT_VALUE_REMOVED',
          path,
          `can no longer be ${show(value)}: events that are on their way may hold it`,
        ),
      ),
    ...after
      .filter((value) => !before.includes(value))
      .map((value) =>
        breaking(
          'EVENT_VALUE_ADDED',
          path,
          `can be ${show(value)} too: consumers that are not released again refuse it`,
        ),
      ),
  ];
}

/** Bounds, formats, patterns: a wider one is refused by consumers of before, a narrower one by those of now. */
function rules(
  before: PayloadSchema,
  after: PayloadSchema,
  compared: ReadonlySet<string>,
  path: string,
): PayloadChange[] {
  const keywords = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !compared.has(key),
  );
  return keywords
    .filter((keyword) => !isDeepStrictEqual(before[keyword], after[keyword]))
    .map((keyword) =>
      breaking(
        'EVENT_RULE_CHANGED',
        path,
        `has ${keyword} ${show(after[keyword])}, and had ${show(before[keyword])}`,
      ),
    );
}

function breaking(code: PayloadChange['code'], path: string, message: string): PayloadChange {
  return { code, isBreaking: true, path, message };
}

function resolve(schema: PayloadSchema, document: PayloadSchema): PayloadSchema {
  if (schema.$ref === undefined) return schema;
  if (schema.$ref === '#') return document;
  return document.$defs?.[schema.$ref.replace(/^#\/\$defs\//, '')] ?? {};
}

function valuesOf(schema: PayloadSchema): readonly unknown[] | undefined {
  return schema.enum ?? ('const' in schema ? [schema.const] : undefined);
}

function describeType({ type, enum: values, anyOf, oneOf, const: constant }: PayloadSchema): string {
  if (type !== undefined) return [type].flat().sort().join(' or ');
  if (anyOf || oneOf) return 'one of several forms';
  return values || constant !== undefined ? 'one of several values' : 'anything';
}

function isSchema(value: unknown): value is PayloadSchema {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
