import {
  baseColumns,
  defineMigration,
  idColumn,
  type Knex,
  type TableBuilder,
  timeColumn,
} from '@stoa/database';

const states = "in ('ACTIVE', 'ARCHIVED')";

/** The columns that the products of a collection are listed by: copies, which the foreign key keeps true. */
const productSortKeys = ['id', 'state', 'name_key', 'created_at'];

/** Text that compares byte by byte on both engines: SQLite does so by itself, PostgreSQL by the database's language unless told. */
function byteOrderedColumn(table: TableBuilder, name: string, knex: Knex): Knex.ColumnBuilder {
  return table.specificType(name, knex.client.dialect === 'postgresql' ? 'text collate "C"' : 'text');
}

export const catalogMigration = defineMigration('2026-11-24-catalog', (schema, knex) =>
  schema
    .createTable('product', (table) => {
      baseColumns(table);
      table.string('slug', 200).notNullable().unique();
      table.string('name', 200).notNullable();
      byteOrderedColumn(table, 'name_key', knex).notNullable();
      table.text('description').notNullable();
      table.string('state', 10).notNullable();
      table.check(`state ${states}`, undefined, 'product_state_known');
      table.check("slug <> '' and name <> ''", undefined, 'product_named');
      // Lists by name and by age, of what is sold (buyers) and of everything (staff).
      table.index(['state', 'name_key', 'id']);
      table.index(['state', 'created_at', 'id']);
      table.index(['name_key', 'id']);
      table.index(['created_at', 'id']);
      table.unique(productSortKeys, { indexName: 'product_sort_keys_unique' });
    })
    .createTable('product_translation', (table) => {
      idColumn(table, 'product_id').notNullable().references('id').inTable('product');
      table.string('locale', 35).notNullable();
      table.string('name', 200).notNullable();
      byteOrderedColumn(table, 'name_key', knex).notNullable();
      table.text('description');
      table.primary(['product_id', 'locale']);
    })
    .createTable('product_image', (table) => {
      idColumn(table, 'product_id').notNullable().references('id').inTable('product');
      table.integer('position').notNullable();
      table.text('url').notNullable();
      table.string('alt', 300).notNullable();
      table.primary(['product_id', 'position']);
    })
    .createTable('product_option', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'product_id').notNullable().references('id').inTable('product');
      table.integer('position').notNullable();
      table.string('code', 100).notNullable();
      table.string('name', 200).notNullable();
      table.json('name_translations').notNullable();
      table.unique(['product_id', 'code']);
    })
    .createTable('option_value', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'option_id').notNullable().references('id').inTable('product_option');
      table.integer('position').notNullable();
      table.string('code', 100).notNullable();
      table.string('name', 200).notNullable();
      table.json('name_translations').notNullable();
      table.unique(['option_id', 'code']);
      table.unique(['id', 'option_id']);
    })
    .createTable('variant', (table) => {
      baseColumns(table);
      idColumn(table, 'product_id').notNullable().references('id').inTable('product');
      table.integer('position').notNullable();
      table.string('sku', 64).notNullable().unique();
      table.string('name', 200);
      table.json('name_translations').notNullable();
      table.integer('weight_grams');
      table.string('state', 10).notNullable();
      table.text('combination').notNullable();
      table.check(`state ${states}`, undefined, 'variant_state_known');
      table.check('weight_grams >= 0', undefined, 'variant_weight_not_negative');
      table.index(['product_id', 'position']);
      // What was archived may come back as a new variant.
      table.unique(['product_id', 'combination'], {
        indexName: 'variant_combination_unique',
        useConstraint: false,
        predicate: knex.whereRaw("state = 'ACTIVE'"),
      });
    })
    .createTable('variant_option_value', (table) => {
      idColumn(table, 'variant_id').notNullable().references('id').inTable('variant');
      idColumn(table, 'option_id').notNullable();
      idColumn(table, 'option_value_id').notNullable();
      // One value an option, and a value of that option.
      table.primary(['variant_id', 'option_id']);
      table.foreign(['option_value_id', 'option_id']).references(['id', 'option_id']).inTable('option_value');
      table.index(['option_value_id', 'option_id']);
    })
    .createTable('collection', (table) => {
      baseColumns(table);
      table.string('slug', 200).notNullable().unique();
      table.string('name', 200).notNullable();
      byteOrderedColumn(table, 'name_key', knex).notNullable();
      table.text('description').notNullable();
      table.check("slug <> '' and name <> ''", undefined, 'collection_named');
      table.index(['name_key', 'id']);
    })
    .createTable('collection_translation', (table) => {
      idColumn(table, 'collection_id').notNullable().references('id').inTable('collection');
      table.string('locale', 35).notNullable();
      table.string('name', 200).notNullable();
      table.text('description');
      table.primary(['collection_id', 'locale']);
    })
    .createTable('collection_product', (table) => {
      idColumn(table, 'collection_id').notNullable().references('id').inTable('collection');
      idColumn(table, 'product_id').notNullable();
      table.string('product_state', 10).notNullable();
      byteOrderedColumn(table, 'product_name_key', knex).notNullable();
      timeColumn(table, 'product_created_at').notNullable();
      table.primary(['collection_id', 'product_id']);
      table
        .foreign(['product_id', 'product_state', 'product_name_key', 'product_created_at'])
        .references(productSortKeys)
        .inTable('product')
        .onUpdate('cascade');
      table.index(['product_id']);
      table.index(
        ['collection_id', 'product_state', 'product_name_key', 'product_id'],
        'collection_product_sold_by_name',
      );
      table.index(
        ['collection_id', 'product_state', 'product_created_at', 'product_id'],
        'collection_product_sold_by_age',
      );
      table.index(['collection_id', 'product_name_key', 'product_id'], 'collection_product_by_name');
      table.index(['collection_id', 'product_created_at', 'product_id'], 'collection_product_by_age');
    })
    .createTable('facet', (table) => {
      idColumn(table, 'id').primary();
      table.integer('position').notNullable();
      table.string('code', 100).notNullable().unique();
      table.string('name', 200).notNullable();
      table.json('name_translations').notNullable();
    })
    .createTable('facet_value', (table) => {
      idColumn(table, 'id').primary();
      idColumn(table, 'facet_id').notNullable().references('id').inTable('facet');
      table.integer('position').notNullable();
      table.string('code', 100).notNullable();
      table.string('name', 200).notNullable();
      table.json('name_translations').notNullable();
      table.unique(['facet_id', 'code']);
    })
    .createTable('product_facet_value', (table) => {
      idColumn(table, 'product_id').notNullable().references('id').inTable('product');
      idColumn(table, 'facet_value_id').notNullable().references('id').inTable('facet_value');
      table.primary(['product_id', 'facet_value_id']);
      table.index(['facet_value_id', 'product_id']);
    }),
);
