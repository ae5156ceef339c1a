/** The forms of an answer in parts that a client says it reads. */
export interface AcceptedForms {
  /** GraphQL over SSE. */
  readonly events: boolean;
  /** Apollo's multipart protocol for subscriptions, 1.0. */
  readonly multipartEvents: boolean;
  /** The multipart form of @defer that Apollo's clients and servers speak, 20220824. */
  readonly multipartParts: boolean;
}

/** Reads an Accept header (RFC 9110, 12.5.1). A wildcard asks for no stream: an answer in one piece fits it as well. */
export function acceptedForms(accept: string | undefined): AcceptedForms {
  const types = (accept ?? '').split(',').map((type) => {
    const [name = '', ...parameters] = type.split(';').map((part) => part.trim().toLowerCase());
    return { name, parameters: new Map(parameters.map(parameterOf)) };
  });
  const multipart = types.filter(({ name }) => name === 'multipart/mixed');
  return {
    events: types.some(({ name }) => name === 'text/event-stream'),
    multipartEvents: multipart.some(({ parameters }) => parameters.get('subscriptionspec') === '1.0'),
    multipartParts: multipart.some(({ parameters }) => parameters.get('deferspec') === '20220824'),
  };
}

function parameterOf(text: string): [string, string] {
  const [name = '', value = ''] = text.split('=');
  return [name.trim(), value.trim().replace(/^"(.*)"$/, '$1')];
}
