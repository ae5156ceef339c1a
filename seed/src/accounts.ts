import { openingDayIds } from './id-sequence.ts';

/** A role that an account holds. */
export type DemoRole = 'CUSTOMER' | 'STAFF' | 'ADMIN';

/** Somebody one can sign in as. The password is public knowledge: production must refuse these accounts. */
export interface DemoAccount {
  readonly id: string;
  readonly email: string;
  /** Plain text, to be printed by a demo host and hashed by whoever stores it. */
  readonly password: string;
  readonly name: string;
  readonly roles: readonly DemoRole[];
}

const nextId = openingDayIds(3);

const accounts: readonly DemoAccount[] = [
  {
    id: nextId(),
    email: 'customer@stoa.example',
    password: 'olive-market-basket',
    name: 'Clara Winter',
    roles: ['CUSTOMER'],
  },
  {
    id: nextId(),
    email: 'staff@stoa.example',
    password: 'copper-counter-bell',
    name: 'Samuel Okafor',
    roles: ['CUSTOMER', 'STAFF'],
  },
  {
    id: nextId(),
    email: 'admin@stoa.example',
    password: 'marble-column-key',
    name: 'Ada Lindqvist',
    roles: ['CUSTOMER', 'STAFF', 'ADMIN'],
  },
];

/** The three accounts: a customer, a member of staff and an administrator, in that order. */
export function demoAccounts(): readonly DemoAccount[] {
  return accounts;
}
