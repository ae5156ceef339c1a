import { describe, expect, it } from 'vitest';
import { guest, requireRole, requireService, requireViewer, service } from './index.ts';

const staff = { kind: 'user', id: 'u-1', roles: ['STAFF'], scopes: [], sessionId: null } as const;

describe('what a viewer may do', () => {
  it('asks a guest to sign in', () => {
    expect(() => requireViewer({ viewer: guest })).toThrow('Sign in first');
    expect(() => requireRole({ viewer: guest }, 'STAFF')).toThrow('Sign in first');
  });

  it('tells a user without the role which one is needed', () => {
    expect(requireRole({ viewer: staff }, 'STAFF').id).toBe('u-1');
    expect(() => requireRole({ viewer: staff }, 'ADMIN')).toThrow('This needs the role ADMIN');
  });

  it('does not take a service for a user, nor a user for a service', () => {
    expect(() => requireViewer({ viewer: service('orders') })).toThrow('Sign in first');
    expect(() => requireService({ viewer: staff })).toThrow('Only a service');
    expect(requireService({ viewer: service('orders') }).id).toBe('orders');
  });
});
