export { createHttpServer, type HttpServer, type HttpServerOptions, listen } from './create-http-server.ts';
export { stopOnSignal } from './shutdown.ts';
