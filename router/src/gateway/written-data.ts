import type { FormattedExecutionResult } from 'graphql';

const text = Symbol('the data as JSON');

/** The data of an answer that was written as JSON already. To whoever reads it, it is the object, made when it is first read. */
export function writtenData(json: string): Record<string, unknown> {
  let made: Record<string, unknown> | undefined;
  const read = () => {
    made ??= JSON.parse(json) as Record<string, unknown>;
    return made;
  };
  const own: Record<string | symbol, unknown> = { [text]: json, toJSON: read };
  return new Proxy(own, {
    get: (_, key) => (key === text || key === 'toJSON' ? own[key] : read()[key as string]),
    has: (_, key) => key in read(),
    ownKeys: () => Reflect.ownKeys(read()),
    getOwnPropertyDescriptor: (_, key) => Object.getOwnPropertyDescriptor(read(), key),
  });
}

/** An answer as ApolloServer sends it; what was written is not written again. */
export function stringifyAnswer(answer: FormattedExecutionResult): string {
  const written = (answer.data as { readonly [text]?: string } | null | undefined)?.[text];
  if (written === undefined || answer.errors !== undefined) return `${JSON.stringify(answer)}\n`;
  const extensions =
    answer.extensions === undefined ? '' : `,"extensions":${JSON.stringify(answer.extensions)}`;
  return `{"data":${written}${extensions}}\n`;
}
