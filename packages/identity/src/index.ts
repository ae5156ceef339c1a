export { type CallContext, guest, service, serviceContext, type Viewer } from './call-context.ts';
export { contextHeader, requestIdHeader, signContext, verifyContext } from './context-header.ts';
export { contextSecret } from './context-secret.ts';
export {
  hasRole,
  isUser,
  requireRole,
  requireService,
  requireViewer,
  type UserViewer,
} from './require-viewer.ts';
