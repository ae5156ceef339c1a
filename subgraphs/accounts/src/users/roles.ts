/** The roles, lowest first. Each includes those before it. */
const ladder = ['CUSTOMER', 'STAFF', 'ADMIN'] as const;

export type Role = (typeof ladder)[number];

/** The roles that somebody has who was given `roles`, lowest first: each brings the lower ones, and everybody is a customer. */
export function withLowerRoles(roles: readonly Role[]): readonly Role[] {
  const highest = Math.max(0, ...roles.map((role) => ladder.indexOf(role)));
  return ladder.slice(0, highest + 1);
}

/** Roles in the ladder's order. */
export function sortRoles(roles: readonly Role[]): readonly Role[] {
  return ladder.filter((role) => roles.includes(role));
}

export function isRole(text: string): text is Role {
  return ladder.some((role) => role === text);
}
