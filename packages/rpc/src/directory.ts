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
  const clients = new Map<string, Record<string, UnaryCall>>();
  return {
    client(contract, call) {
      let client = clients.get(contract.service.typeName);
      if (client === undefined) {
        // biome-ignore lint/plugin: Connect types a client by its service, which is only known to the caller here
        client = createClient(contract.service, transportTo(contract)) as unknown as Record<
          string,
          UnaryCall
        >;
        clients.set(contract.service.typeName, client);
      }
      return bind(contract, client, call, contextSecret, timeoutMs);
    },
  };
}

type UnaryCall = (request: unknown, options: CallOptions) => Promise<unknown>;

function bind<Service extends DescService>(
  contract: RpcContract<Service>,
  client: Record<string, UnaryCall>,
  call: CallContext,
  contextSecret: string,
  defaultTimeoutMs: number,
): RpcClient<Service> {
  const bound: Record<string, UnaryCall> = {};
  for (const [name, method] of Object.entries(contract.service.method)) {
    bound[name] = async (request, options: { timeoutMs?: number } = {}) => {
      const headers = {
        [contextHeader]: signContext(call, contextSecret),
        [requestIdHeader]: call.requestId,
      };
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await client[name]?.(request, { headers, timeoutMs: options.timeoutMs ?? defaultTimeoutMs });
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
  }
  // biome-ignore lint/plugin: one function was made for each method of the service above
  return bound as unknown as RpcClient<Service>;
}

function isRepeatable(method: DescMethod): boolean {
  return method.idempotency !== MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
}

/** Transports over gRPC; `urlOf` gives a service's address. */
export function grpcTransports(urlOf: (contract: RpcContract) => string): DirectoryOptions['transportTo'] {
  return (contract) => createGrpcTransport({ baseUrl: urlOf(contract) });
}
