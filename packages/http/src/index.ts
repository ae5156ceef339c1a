export {
  createHttpServer,
  type HttpReply,
  type HttpRequest,
  type HttpServer,
  type HttpServerOptions,
  listen,
} from './create-http-server.ts';
export { stopOnSignal } from './shutdown.ts';
export { eventStreamType, sendEventStream } from './streams/event-stream.ts';
export { readEventStream } from './streams/read-event-stream.ts';
export { sendStream } from './streams/send-stream.ts';
