import { defineMigration } from '@stoa/database';

/** What the database answers to an attempt; tests look for it. */
const refusal = 'a ledger entry is never changed, only followed by another';

/** Triggers are the one thing here that the two engines write differently. */
export const ledgerIsAppendOnly = defineMigration('2026-11-24-ledger-is-append-only', (schema, knex) =>
  knex.client.dialect === 'postgresql'
    ? schema
        .raw(
          `create function refuse_ledger_change() returns trigger language plpgsql as $$ begin raise exception '${refusal}'; end $$`,
        )
        .raw(
          'create trigger ledger_entry_is_append_only before update or delete on ledger_entry for each row execute function refuse_ledger_change()',
        )
        .raw(
          'create trigger ledger_entry_is_never_emptied before truncate on ledger_entry for each statement execute function refuse_ledger_change()',
        )
    : schema
        .raw(
          `create trigger ledger_entry_is_never_updated before update on ledger_entry begin select raise(abort, '${refusal}'); end`,
        )
        .raw(
          `create trigger ledger_entry_is_never_deleted before delete on ledger_entry begin select raise(abort, '${refusal}'); end`,
        ),
);
