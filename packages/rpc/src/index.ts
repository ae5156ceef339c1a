export { defineRpc, type RpcContract } from './contract.ts';
export {
  createDirectory,
  grpcTransports,
  type LocalServices,
  localServices,
  type RpcClient,
  type RpcDirectory,
} from './directory.ts';
export {
  implementRpc,
  type RpcEnvironment,
  type RpcHandlers,
  type RpcImplementation,
} from './implement-rpc.ts';
export { type RpcServer, serveRpc } from './serve-rpc.ts';
