import type { DescMethod, DescService, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { MethodOptions_IdempotencyLevel } from '@bufbuild/protobuf/wkt';
import { type CallOptions, createClient, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { type CallContext, contextHeader, requestIdHeader, signContext } from '@stoa/identity';
import type { RpcContract } from './contract.ts';
import { fromStatus } from './failure-status.ts';

/** The methods of a contract as plain async functions, bound to one call's identity. Each throws a Failure when it cannot answer. */
export type RpcClient<Service extends DescService> = {
  readonly [Method in keyof Service['method']]: (
    request: MessageInitShape<Service['method'][Method]['input']>,
    options?: { timeoutMs?: number },
  ) => Promise<MessageShape<Service['method'][Method]['output']>>;
};

/** Finds services by their contract. */
export interface RpcDirectory {
  /** A client of the contract that acts for the given call. */
  client<Service extends DescService>(contract: RpcContract<Service>, call: CallContext): RpcClient<Service>;
}

export interface DirectoryOptions {
  contextSecret: string;
  transportTo(contract: RpcContract): Transport;
  /** How long a call may take unless it says otherwise. */
  timeoutMs?: number;
}

/**
 * Makes a directory over any transport. Every call carries the signed context and the request id
 * and has a deadline; a call is repeated (twice at most) only when its method is declared idempotent
 * in the proto file and the service did not answer; a missed deadline is not tried again, since the caller's time is up.
 */
export function createDirectory({
  contextSecret,
  transportTo,
  timeoutMs = 5_000,
}: DirectoryOptions): RpcDirectory {
  const clients = new Map<string, (call: CallContext) => object>();
  return {
    client<Service extends DescService>(contract: RpcContract<Service>, call: CallContext) {
      let boundTo = clients.get(contract.service.typeName);
      if (boundTo === undefined) {
        // biome-ignore lint/plugin: Connect types a client by its service, which is only known to the caller here
        const client = createClient(contract.service, transportTo(contract)) as unknown as Methods;
        boundTo = binding(contract, client, contextSecret, timeoutMs);
        clients.set(contract.service.typeName, boundTo);
      }
      return boundTo(call) as RpcClient<Service>;
    },
  };
}

type Methods = Readonly<Record<string, (request: unknown, options: CallOptions) => Promise<unknown>>>;

const caller = Symbol('caller');

/**
 * Binds a client to calls. A call uses few methods of few clients, so that a method is bound when it is asked for, and a client is an object
 * with the call in it.
 */
function binding(
  contract: RpcContract,
  client: Methods,
  contextSecret: string,
  defaultTimeoutMs: number,
): (call: CallContext) => object {
  const methods = Object.entries(contract.service.method).map(([name, method]) => {
    const ask = async (call: CallContext, request: unknown, timeoutMs = defaultTimeoutMs) => {
      const headers = {
        [contextHeader]: signContext(call, contextSecret),
        [requestIdHeader]: call.requestId,
      };
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await client[name]?.(request, { headers, timeoutMs });
        } catch (error) {
          const failure = fromStatus(error, contract.name);
          if (
            attempt > 2 ||
            failure.kind !== 'unavailable' ||
            !isRepeatable(method) ||
            failure.code === 'DEADLINE_EXCEEDED'
          )
            throw failure;
        }
      }
    };
    return [
      name,
      {
        get(this: { readonly [caller]: CallContext }) {
          return (request: unknown, { timeoutMs }: { timeoutMs?: number } = {}) =>
            ask(this[caller], request, timeoutMs);
        },
      },
    ] as const;
  });
  const bound = Object.defineProperties({}, Object.fromEntries(methods));
  return (call) => Object.assign(Object.create(bound), { [caller]: call });
}

function isRepeatable(method: DescMethod): boolean {
  return method.idempotency !== MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
}

/** Transports over gRPC; `urlOf` gives a service's address. */
export function grpcTransports(urlOf: (contract: RpcContract) => string): DirectoryOptions['transportTo'] {
  return (contract) => createGrpcTransport({ baseUrl: urlOf(contract) });
}
