import { newId } from '@stoa/clock';
import { Failure } from '@stoa/errors';
import { type CallContext, requestIdHeader, signContext } from '@stoa/identity';
import type { RouterConfig } from '../config.ts';
import type { StreamSlot } from '../streams/stream-slot.ts';
import type { Caller } from './access-token.ts';
import { type ClientProgram, clientProgramOf } from './client-program.ts';

/** What every operation carries: whose it is, to be signed for the subgraphs. */
export interface RouterContext {
  readonly call: CallContext;
  /**
   * Signs it for a subgraph, now: not every request needs one, and a stream may need one long after it was opened. A
   * function, as ApolloServer copies contexts, and would run a getter.
   */
  readonly sign: () => string;
  /** All that subgraphs are told of who asks and how, in one text: equal for requests that they answer alike, whatever the requests' ids. */
  readonly identityKey: string;
  readonly client: ClientProgram;
  /** Aborted when the client goes away before it has its answer, or the whole of its stream. */
  readonly signal?: AbortSignal;
  /** Where an answer in parts is left; absent for a client that takes one alone. */
  readonly stream?: StreamSlot;
}

/** The headers by which a client says what it would like; everything else about identity comes from its token. */
const currencyHeader = 'x-currency';
const channelHeader = 'x-channel';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What of a request the context is made of. */
export interface IncomingRequest {
  readonly headers: Headers;
  /** The client's address, as far as the proxies in front are trusted to name it. */
  readonly ip: string;
}

/**
 * Makes the context of one request out of its headers, its address and its caller. Identity headers that the
 * client sent are not looked at: nothing of theirs goes further.
 * @throws {Failure} bad-input for a currency that is not an ISO 4217 code or a malformed channel
 */
export function routerContext(
  { headers, ip }: IncomingRequest,
  { viewer, clientId }: Caller,
  config: RouterConfig,
  signal?: AbortSignal,
): RouterContext {
  const call: CallContext = {
    viewer,
    requestId: requestIdOf(headers),
    channel: channelOf(headers),
    currency: currencyOf(headers, config.defaultCurrency),
    locale: localeOf(headers, config.defaultLocale),
    clientAddress: ip,
  };
  return {
    call,
    sign: signer(call, config.contextSecret),
    identityKey: JSON.stringify({ ...call, requestId: undefined }),
    client: clientProgramOf(headers, clientId),
    signal,
  };
}

/** Half of the time that a signed context is good for, so that one is never sent that runs out on its way. */
const signedAnewMs = 30_000;

function signer(call: CallContext, secret: string): () => string {
  let signed: { readonly context: string; readonly at: number } | undefined;
  return () => {
    const now = Date.now();
    if (signed === undefined || now - signed.at >= signedAnewMs)
      signed = { context: signContext(call, secret), at: now };
    return signed.context;
  };
}

/** The client's own request id when it has a harmless form, else a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers[requestIdHeader];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : newId();
}

function channelOf(headers: Headers): string {
  const channel = headers[channelHeader] ?? 'default';
  if (typeof channel === 'string' && /^[a-z0-9-]{1,50}$/.test(channel)) return channel;
  throw new Failure('bad-input', `Expected a channel such as default in the header ${channelHeader}`);
}

function currencyOf(headers: Headers, fallback: string): string {
  const currency = headers[currencyHeader] ?? fallback;
  if (typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)) return currency;
  throw new Failure(
    'bad-input',
    `Expected an ISO 4217 currency code such as EUR in the header ${currencyHeader}`,
  );
}

/** The language that the client likes best (Accept-Language, RFC 9110); one that makes no sense is as good as none. */
function localeOf(headers: Headers, fallback: string): string {
  const wishes = (headers['accept-language'] ?? '')
    .toString()
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters
        .map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1])
        .find((found) => found !== undefined);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
    });
  const [best] = wishes
    .filter(({ tag, weight }) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return best?.tag ?? fallback;
}
