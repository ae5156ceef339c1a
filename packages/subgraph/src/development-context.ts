import { signContext } from '@stoa/identity';

const oneDaySeconds = 86_400;

/** A signed context of a staff member, for a person who explores one subgraph on its own. */
export function developmentContext(name: string, secret: string): string {
  return signContext(
    {
      viewer: {
        kind: 'user',
        id: `developer-of-${name}`,
        roles: ['CUSTOMER', 'STAFF', 'ADMIN'],
        scopes: [],
        sessionId: null,
      },
      requestId: 'sandbox',
      channel: 'default',
      currency: 'EUR',
      locale: 'en',
    },
    secret,
    oneDaySeconds,
  );
}
