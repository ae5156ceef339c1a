/** What a client may say in the message that opens a WebSocket, since browsers send no headers of a page's choice with one. */
const names = [
  'authorization',
  'accept-language',
  'x-currency',
  'x-channel',
  'x-request-id',
  'apollographql-client-name',
  'apollographql-client-version',
];

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The headers of a WebSocket: those of its opening request, and over them what its first message gives under the same names. */
export function connectionHeaders(
  opening: Headers,
  parameters: Readonly<Record<string, unknown>> = {},
): Headers {
  const given = Object.entries(parameters)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter((entry): entry is [string, string] => names.includes(entry[0]) && typeof entry[1] === 'string');
  return { ...opening, ...Object.fromEntries(given) };
}
