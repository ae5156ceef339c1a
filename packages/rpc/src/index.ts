export { defineRpc, type RpcContract } from './contract.ts';
export {
  createDirectory,
  grpcTransports,
  type RpcClient,
  type RpcDirectory,
} from './directory.ts';
export {
  implementRpc,
  type RpcEnvironment,
  type RpcHandlers,
  type RpcImplementation,
  type ServedMethod,
} from './implement-rpc.ts';
export { type LocalServices, localServices } from './local-services.ts';
export { type RpcServer, serveRpc } from './serve-rpc.ts';
