import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { comparePayloads } from '../src/events/compare-payloads.ts';
import {
  eventFile,
  payloadSchemaOf,
  readEventContract,
  writeEventContract,
} from '../src/events/event-contract.ts';
import { eventsStep } from '../src/events/events-step.ts';
import { versionOf } from './small-graph.ts';
import {
  contextOf,
  type TemporaryRepository,
  temporaryRepository,
  versionAt,
} from './temporary-repository.ts';

const line = z.object({ sku: z.string(), quantity: z.int().min(1) });
const order = {
  orderId: z.string(),
  note: z.string().optional(),
  total: z.int().min(0),
  state: z.enum(['NEW', 'PAID']),
  lines: z.array(line),
  counts: z.record(z.string(), z.int()),
};
type Shape = Record<string, z.ZodType>;

describe('a payload', () => {
  test.each<[title: string, before: Shape, after: Shape, changes: [code: string, path: string][]]>([
    ['that is as it was', order, { ...order }, []],
    ['with a description', order, { ...order, note: z.string().optional().describe('For people.') }, []],
    ['with another type', order, { ...order, total: z.string() }, [['EVENT_TYPE_CHANGED', 'total']]],
    [
      'with a number that may be a fraction',
      order,
      { ...order, total: z.number().min(0) },
      [['EVENT_TYPE_CHANGED', 'total']],
    ],
    [
      'with a field that may be null',
      order,
      { ...order, orderId: z.string().nullable() },
      [['EVENT_TYPE_CHANGED', 'orderId']],
    ],
    [
      'with a new field that must be there',
      order,
      { ...order, buyerId: z.string() },
      [['EVENT_REQUIRED_FIELD_ADDED', 'buyerId']],
    ],
    [
      'with a field that may now be missing',
      order,
      { ...order, total: order.total.optional() },
      [['EVENT_FIELD_MADE_OPTIONAL', 'total']],
    ],
    [
      'with a field that must now be there',
      order,
      { ...order, note: z.string() },
      [['EVENT_FIELD_MADE_REQUIRED', 'note']],
    ],
    [
      'with one value more',
      order,
      { ...order, state: z.enum(['NEW', 'PAID', 'GONE']) },
      [['EVENT_VALUE_ADDED', 'state']],
    ],
    ['with one value less', order, { ...order, state: z.enum(['NEW']) }, [['EVENT_VALUE_REMOVED', 'state']]],
    ['with any text for some', order, { ...order, state: z.string() }, [['EVENT_RULE_CHANGED', 'state']]],
    ['with a wider bound', order, { ...order, total: z.int().min(-5) }, [['EVENT_RULE_CHANGED', 'total']]],
    ['with a narrower bound', order, { ...order, total: z.int().min(1) }, [['EVENT_RULE_CHANGED', 'total']]],
    ['with a format', order, { ...order, orderId: z.uuid() }, [['EVENT_RULE_CHANGED', 'orderId']]],
    [
      'with a change inside a list',
      order,
      { ...order, lines: z.array(z.object({ sku: z.string(), quantity: z.string() })) },
      [['EVENT_TYPE_CHANGED', 'lines[].quantity']],
    ],
    [
      'with a field gone inside a list',
      order,
      { ...order, lines: z.array(z.object({ sku: z.string() })) },
      [['EVENT_FIELD_REMOVED', 'lines[].quantity']],
    ],
    [
      'with other values of a record',
      order,
      { ...order, counts: z.record(z.string(), z.string()) },
      [['EVENT_TYPE_CHANGED', 'counts.*']],
    ],
    ['with one for a list', order, { ...order, lines: line }, [['EVENT_TYPE_CHANGED', 'lines']]],
    [
      'with one form more',
      { by: z.discriminatedUnion('kind', [z.object({ kind: z.literal('user'), id: z.string() })]) },
      {
        by: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('user'), id: z.string() }),
          z.object({ kind: z.literal('system') }),
        ]),
      },
      [['EVENT_VALUE_ADDED', 'by']],
    ],
    [
      'with a change inside one of several forms',
      { by: z.union([z.object({ id: z.string() }), z.object({ name: z.string() })]) },
      { by: z.union([z.object({ id: z.string() }), z.object({ name: z.int() })]) },
      [['EVENT_TYPE_CHANGED', 'by.name']],
    ],
  ])('%s', (_title, before, after, changes) => {
    const found = comparePayloads(payloadSchemaOf(z.object(before)), payloadSchemaOf(z.object(after)));
    expect(found.map(({ code, path }) => [code, path])).toEqual(changes);
    expect(found.every(({ isBreaking }) => isBreaking)).toBe(true);
  });

  it.each([
    ['total', 'a field that must be there'],
    ['note', 'a field that may be missing'],
  ] as const)('without %s breaks: %s', (name, _why) => {
    const { [name]: _gone, ...rest } = order;
    const found = comparePayloads(payloadSchemaOf(z.object(order)), payloadSchemaOf(z.object(rest)));
    expect(found).toEqual([
      expect.objectContaining({ code: 'EVENT_FIELD_REMOVED', path: name, isBreaking: true }),
    ]);
  });

  it.each([
    ['may be missing', z.string().optional()],
    ['has a default', z.int().default(3)],
  ])('with a new field that %s breaks nobody', (_title, field) => {
    const found = comparePayloads(
      payloadSchemaOf(z.object(order)),
      payloadSchemaOf(z.object({ ...order, extra: field })),
    );
    expect(found).toEqual([
      expect.objectContaining({ code: 'EVENT_FIELD_ADDED', path: 'extra', isBreaking: false }),
    ]);
  });

  it('that refuses unknown fields can get none', () => {
    const extra = z.string().optional();
    const found = comparePayloads(
      payloadSchemaOf(z.strictObject(order)),
      payloadSchemaOf(z.strictObject({ ...order, extra })),
    );
    expect(found).toEqual([expect.objectContaining({ code: 'EVENT_FIELD_ADDED', isBreaking: true })]);
    expect(comparePayloads(payloadSchemaOf(z.object(order)), payloadSchemaOf(z.strictObject(order)))).toEqual(
      [expect.objectContaining({ code: 'EVENT_RULE_CHANGED', path: '' })],
    );
  });

  it('may hold itself', () => {
    const tree = (leaf: z.ZodType) => {
      const node: z.ZodType = z.lazy(() => z.object({ leaf, children: z.array(node) }));
      return payloadSchemaOf(z.object({ root: node }));
    };
    expect(comparePayloads(tree(z.string()), tree(z.string()))).toEqual([]);
    expect(comparePayloads(tree(z.string()), tree(z.int())).map(({ code }) => code)).toEqual([
      'EVENT_TYPE_CHANGED',
    ]);
  });

  it('that JSON cannot hold is refused', () => {
    expect(() => payloadSchemaOf(z.object({ at: z.date() }))).toThrow(/Date/);
  });
});

describe('a contract file', () => {
  it('reads as it was written', () => {
    const payload = payloadSchemaOf(z.object(order));
    const text = writeEventContract({ type: 'order.placed.v1', payload });
    expect(text).toContain('"enum": ["NEW", "PAID"]');
    const read = readEventContract(text);
    expect(read?.type).toBe('order.placed.v1');
    expect(comparePayloads(payload, read?.payload ?? {})).toEqual([]);
  });

  it.each(['no JSON', '[]', '{}', '"text"'])('that holds %s is none', (text) => {
    expect(readEventContract(text)).toBeNull();
  });
});

describe('the step', () => {
  const graph = { catalog: 'type Query { a: Int }' };
  const contract = (type: string, shape: Shape) => ({
    file: eventFile(type),
    text: writeEventContract({ type, payload: payloadSchemaOf(z.object(shape)) }),
  });
  let repository: TemporaryRepository;
  const given = (type: string, shape: Shape) => {
    const { file, text } = contract(type, shape);
    repository.given(file, text);
  };
  beforeEach(() => {
    repository = temporaryRepository();
    given('order.placed.v1', order);
  });
  afterEach(() => {
    repository.remove();
  });

  async function findings(edit: () => void) {
    const base = versionAt(repository.commit(), graph);
    edit();
    return eventsStep(base, versionOf(graph), contextOf(repository.root));
  }

  it('has nothing to say of events that are as they were', async () => {
    expect(await findings(() => undefined)).toEqual([]);
  });

  it('fails for a change that one side cannot read, and proposes the next version', async () => {
    const [finding] = await findings(() => given('order.placed.v1', { ...order, total: z.string() }));
    expect(finding).toMatchObject({
      step: 'events',
      level: 'error',
      code: 'EVENT_TYPE_CHANGED',
      coordinate: 'order.placed.v1#total',
      file: 'schema/events/order.placed.v1.json',
      mend: expect.stringContaining('order.placed.v2'),
    });
    expect(finding?.message).toBe('total of order.placed.v1 is string, and was integer.');
  });

  it('passes when a version comes beside another, and fails when one goes', async () => {
    const added = await findings(() => given('order.placed.v2', { ...order, total: z.string() }));
    expect(added.map(({ level, code, coordinate }) => [level, code, coordinate])).toEqual([
      ['info', 'EVENT_ADDED', 'order.placed.v2'],
    ]);
    const gone = await findings(() => repository.without(eventFile('order.placed.v1')));
    expect(gone.map(({ level, code, coordinate }) => [level, code, coordinate])).toEqual([
      ['error', 'EVENT_REMOVED', 'order.placed.v1'],
    ]);
  });

  it.each([
    ['is no JSON', eventFile('order.placed.v1'), '{'],
    ['has the name of another event', eventFile('order.paid.v1'), contract('order.placed.v1', order).text],
  ])('says how to write a file again that %s', async (_title, file, text) => {
    const found = await findings(() => repository.given(file, text));
    expect(found).toEqual([
      expect.objectContaining({
        level: 'error',
        code: 'EVENT_CONTRACT_INVALID',
        file,
        mend: expect.stringContaining('npm run events:contracts'),
      }),
    ]);
  });

  it('says that it did not compare when the base is no commit', async () => {
    const found = await eventsStep(
      versionOf(graph, 'supergraph.graphql'),
      versionOf(graph),
      contextOf(repository.root),
    );
    expect(found).toEqual([expect.objectContaining({ level: 'info', code: 'EVENTS_NOT_COMPARED' })]);
  });
});
