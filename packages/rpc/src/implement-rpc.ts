import type { DescService, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import type { ConnectRouter, ServiceImpl } from '@connectrpc/connect';
import { Failure } from '@stoa/errors';
import { type CallContext, contextHeader, verifyContext } from '@stoa/identity';
import type { Logger } from '@stoa/telemetry';
import type { RpcContract } from './contract.ts';
import { toStatus } from './failure-status.ts';

/** One function a method of the contract: it takes the parsed request and the call's context. */
export type RpcHandlers<Service extends DescService, Context> = {
  readonly [Method in keyof Service['method']]: (
    request: MessageShape<Service['method'][Method]['input']>,
    context: Context,
  ) => Promise<MessageInitShape<Service['method'][Method]['output']>>;
};

/** What a contract's handlers need of the process around them. */
export interface RpcEnvironment<Context> {
  readonly contextSecret: string;
  readonly logger: Logger;
  newContext(call: CallContext): Context;
}

/** A method as whatever transport calls it: with the parsed request and the signed context that came with it. */
export type ServedMethod = (request: unknown, signedContext: string | undefined) => Promise<unknown>;

/** A contract with its handlers. */
export interface RpcImplementation<Context> {
  readonly contract: RpcContract;
  /** By the name that the code has for it. Each throws a status (ConnectError). */
  methods(environment: RpcEnvironment<Context>): Readonly<Record<string, ServedMethod>>;
  /** Adds the handlers to a Connect router. */
  register(router: ConnectRouter, environment: RpcEnvironment<Context>): void;
}

/**
 * Implements a contract. Each call is refused without a valid signed context; a Failure becomes
 * its gRPC status, any other error is logged and answered as internal.
 */
export function implementRpc<Service extends DescService, Context>(
  contract: RpcContract<Service>,
  handlers: RpcHandlers<Service, Context>,
): RpcImplementation<Context> {
  const all = Object.entries(handlers) as [
    string,
    (request: unknown, context: Context) => Promise<unknown>,
  ][];
  const methods: RpcImplementation<Context>['methods'] = ({ contextSecret, logger, newContext }) =>
    Object.fromEntries(
      all.map(([name, handle]): [string, ServedMethod] => [
        name,
        async (request, signedContext) => {
          try {
            return await handle(request, newContext(verifyContext(signedContext, contextSecret)));
          } catch (error) {
            if (!(error instanceof Failure)) logger.error({ event: 'rpc.failed', method: name, err: error });
            throw toStatus(error);
          }
        },
      ]),
    );
  return {
    contract,
    methods,
    register(router, environment) {
      const implementation = Object.fromEntries(
        Object.entries(methods(environment)).map(([name, serve]) => [
          name,
          (request: unknown, { requestHeader }: { requestHeader: Headers }) =>
            serve(request, requestHeader.get(contextHeader) ?? undefined),
        ]),
      );
      // biome-ignore lint/plugin: RpcHandlers checked the methods against the service already
      router.service(contract.service, implementation as unknown as Partial<ServiceImpl<Service>>);
    },
  };
}
