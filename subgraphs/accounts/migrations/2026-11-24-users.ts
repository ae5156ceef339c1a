import { baseColumns, defineMigration, idColumn, timeColumn } from '@stoa/database';

export const users = defineMigration('2026-11-24-1-users', (schema, knex) =>
  schema
    .createTable('user_account', (table) => {
      baseColumns(table);
      table.string('email', 254).notNullable();
      table.string('email_key', 254).notNullable().unique({ indexName: 'user_account_email_key_unique' });
      table.string('name', 100).notNullable();
      table.string('password_hash', 255).notNullable();
      table.boolean('has_demo_password').notNullable();
      timeColumn(table, 'email_verified_at');
      table.check('length(name) > 0', undefined, 'user_account_name_present');
    })
    .createTable('user_role', (table) => {
      idColumn(table, 'user_id').notNullable().references('id').inTable('user_account').onDelete('cascade');
      table.string('role', 20).notNullable();
      table.primary(['user_id', 'role']);
      table.check("role in ('CUSTOMER', 'STAFF', 'ADMIN')", undefined, 'user_role_known');
    })
    .createTable('address', (table) => {
      baseColumns(table);
      idColumn(table, 'user_id').notNullable().references('id').inTable('user_account').onDelete('cascade');
      table.string('recipient', 100).notNullable();
      table.string('line1', 200).notNullable();
      table.string('line2', 200);
      table.string('city', 100).notNullable();
      table.string('region', 100);
      table.string('postal_code', 20);
      table.string('country', 2).notNullable();
      table.string('phone', 30);
      table.boolean('is_default_shipping').notNullable();
      table.boolean('is_default_billing').notNullable();
      table.check('length(country) = 2', undefined, 'address_country_alpha_2');
      table.index(['user_id', 'id'], 'address_user_id_index');
      // At most one default of each sort a user, whatever the code does.
      table.unique(['user_id'], {
        indexName: 'address_one_default_shipping',
        useConstraint: false,
        predicate: knex.whereRaw('is_default_shipping = true'),
      });
      table.unique(['user_id'], {
        indexName: 'address_one_default_billing',
        useConstraint: false,
        predicate: knex.whereRaw('is_default_billing = true'),
      });
    }),
);
