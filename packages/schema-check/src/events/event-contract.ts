import { z } from 'zod';

/** The payload of an event as JSON Schema, as far as it says what payloads are accepted. */
export interface PayloadSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, PayloadSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | PayloadSchema;
  readonly items?: PayloadSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly PayloadSchema[];
  readonly oneOf?: readonly PayloadSchema[];
  readonly $defs?: Readonly<Record<string, PayloadSchema>>;
  readonly [keyword: string]: unknown;
}

/** The contract of an event: its name and version, and the form of its payload. */
export interface EventContract {
  /** Such as `item.changed.v1`. */
  readonly type: string;
  readonly payload: PayloadSchema;
}

/** Where the contracts are committed, a file an event, relative to the root. */
export const eventsFolder = 'schema/events';

export function eventFile(type: string): string {
  return `${eventsFolder}/${type}.json`;
}

/** The text of an event's contract. */
export function writeEventContract({ type, payload }: EventContract): string {
  const { $schema, ...rest } = payload;
  const schema = $schema ?? 'https://json-schema.org/draft/2020-12/schema';
  return `${print({ $schema: schema, title: type, ...rest })}\n`;
}

const lineWidth = 110;

/** JSON as the formatter of this repository leaves it: a list of plain values stays on its line while it fits. */
function print(value: unknown, indent = '', column = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const isPlain = value.every((item) => typeof item !== 'object' || item === null);
    const short = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    if (isPlain && column + short.length < lineWidth) return short;
    return `[\n${value.map((item) => `${inner}${print(item, inner)}`).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).map(([key, item]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return `${start}${print(item, inner, start.length)}`;
  });
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`;
}

const contractShape = z.looseObject({ title: z.string() });

/** Reads the text of a contract. Null when it is none. */
export function readEventContract(text: string): EventContract | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = contractShape.safeParse(value);
  return parsed.success ? { type: parsed.data.title, payload: parsed.data as PayloadSchema } : null;
}

/**
 * The JSON Schema of what a consumer of a payload accepts. What a format says already is left out, and so are the
 * bounds of safe integers: a library that writes them otherwise changes no contract.
 * @throws {Error} when the payload holds what JSON cannot, for example a Date
 */
export function payloadSchemaOf(payload: z.ZodType): PayloadSchema {
  return z.toJSONSchema(payload, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  }) as PayloadSchema;
}
