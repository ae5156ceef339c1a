import type { FormattedExecutionResult } from 'graphql';

const end = '}\n';

const written = Symbol('how an answer with this data is written');

interface Written {
  readonly [written]?: (extensions: unknown) => Buffer;
}

/**
 * The data of an answer that was written as a line of JSON already. To whoever reads it, it is the object, made when it is first
 * read; those who share it share its bytes.
 */
export function writtenData(line: Buffer): Record<string, unknown> {
  let made: Record<string, unknown> | undefined;
  const read = () => {
    made ??= (JSON.parse(line.toString()) as { data: Record<string, unknown> }).data;
    return made;
  };
  const write = (extensions: unknown): Buffer =>
    extensions === undefined
      ? line
      : Buffer.concat([
          line.subarray(0, -end.length),
          Buffer.from(`,"extensions":${JSON.stringify(extensions)}${end}`),
        ]);
  const own: Record<string | symbol, unknown> = { [written]: write, toJSON: read };
  return new Proxy(own, {
    get: (_, key) => (key === written || key === 'toJSON' ? own[key] : read()[key as string]),
    has: (_, key) => key in read(),
    ownKeys: () => Reflect.ownKeys(read()),
    getOwnPropertyDescriptor: (_, key) => Object.getOwnPropertyDescriptor(read(), key),
  });
}

/**
 * An answer as it is sent. What was written is not written again, and is given as bytes: a text would be measured and
 * encoded for each response, at a third of the whole cost of a long one.
 */
export function stringifyAnswer(answer: FormattedExecutionResult): string {
  const write = (answer.data as Written | null | undefined)?.[written];
  if (write === undefined || answer.errors !== undefined) return `${JSON.stringify(answer)}\n`;
  // biome-ignore lint/plugin: ApolloServer hands it on as it is, and Fastify sends bytes as well as texts
  return write(answer.extensions) as unknown as string;
}
