import { create, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { Failure } from '@stoa/errors';
import { contextHeader } from '@stoa/identity';
import type { RpcContract } from './contract.ts';
import type { RpcEnvironment, RpcImplementation, ServedMethod } from './implement-rpc.ts';

/** Services of one process, found without a network. They may be added in any order, before or after their clients. */
export interface LocalServices {
  add<Context>(implementation: RpcImplementation<Context>, environment: RpcEnvironment<Context>): void;
  transportTo(contract: RpcContract): Transport;
}

type Methods = Readonly<Record<string, ServedMethod>>;

export function localServices(): LocalServices {
  const services = new Map<string, Methods>();
  const find = ({ name }: RpcContract): Methods => {
    const methods = services.get(name);
    if (methods === undefined) throw new Failure('unavailable', `${name} does not run in this process`);
    return methods;
  };
  return {
    add(implementation, environment) {
      services.set(implementation.contract.name, implementation.methods(environment));
    },
    // Looked up at each call, so that services that call each other can start in any order.
    transportTo: (contract) => localTransport(() => find(contract)),
  };
}

const none = new Headers();

/** Calls handlers without writing a message and reading it again. The deadline holds as over a network. */
function localTransport(methods: () => Methods): Transport {
  return {
    async unary(method, _signal, timeoutMs, header, input) {
      const serve = methods()[method.localName];
      if (serve === undefined) throw new ConnectError(`There is no ${method.name}`, Code.Unimplemented);
      // As createDirectory has them: Headers made of them would cost more than the rest of the call.
      const { [contextHeader]: signedContext } = header as Readonly<Record<string, string>>;
      const served = serve(create(method.input, input), signedContext);
      const answer = (await within(served, timeoutMs)) as MessageInitShape<DescMessage>;
      const message = create(method.output, answer as MessageInitShape<typeof method.output>);
      return { stream: false, service: method.parent, method, header: none, message, trailer: none };
    },
    stream() {
      throw new ConnectError('The services of Stoa have no streams', Code.Unimplemented);
    },
  };
}

async function within<Value>(served: Promise<Value>, timeoutMs: number | undefined): Promise<Value> {
  if (timeoutMs === undefined) return served;
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    const miss = () => reject(new ConnectError('the operation timed out', Code.DeadlineExceeded));
    timer = setTimeout(miss, timeoutMs);
  });
  try {
    return await Promise.race([served, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
