import type { Role } from '../users/roles.ts';

/** What each role allows, for @requiresScopes in the router: `what:read` or `what:write`. */
const scopesOfRole: Readonly<Record<Role, readonly string[]>> = {
  CUSTOMER: ['account', 'cart', 'order'],
  STAFF: ['catalog:write', 'pricing:write', 'inventory:write', 'order:manage', 'payment:manage', 'user:read'],
  ADMIN: ['user:manage'],
};

/** The scopes of an access token, in the form of its claim: separated by spaces (RFC 8693, section 4.2). */
export function scopeOf(roles: readonly Role[]): string {
  return roles.flatMap((role) => scopesOfRole[role]).join(' ');
}
