import type { DescService } from '@bufbuild/protobuf';

/**
 * What a service offers to the others, written down once in its `src/rpc/client.ts`: the callers
 * and the service itself both take it from there.
 */
export interface RpcContract<Service extends DescService = DescService> {
  /** The subgraph that answers. Its address is read from `<NAME>_RPC_URL`. */
  readonly name: string;
  /** The generated descriptor of the proto service. */
  readonly service: Service;
  /** Where it answers on a developer's machine when run as a process of its own. */
  readonly developmentUrl: string;
}

export function defineRpc<Service extends DescService>(contract: RpcContract<Service>): RpcContract<Service> {
  return contract;
}
