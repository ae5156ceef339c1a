/** Why a capture fails, and a hold is gone, when the provider has let it go by itself. */
export const holdLost = {
  code: 'authorization_expired',
  message: 'The money is not on hold any more',
} as const;
