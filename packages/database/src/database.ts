import type { MikroORM } from '@mikro-orm/core';
import type { AbstractSqlDriver } from '@mikro-orm/knex';

/** A subgraph's own database, migrated and ready. */
export type Database = MikroORM<AbstractSqlDriver>;
