import type { EntitySchema } from '@mikro-orm/core';
import type { Clock, NewId } from '@stoa/clock';
import type { ConfigOf, ConfigShape } from '@stoa/config';
import type { Database, EntityManager, MigrationDefinition } from '@stoa/database';
import type { Consumer, EventDefinition, LiveEvents } from '@stoa/events';
import type { HttpServer } from '@stoa/http';
import type { CallContext } from '@stoa/identity';
import type { RpcClient, RpcContract, RpcImplementation } from '@stoa/rpc';
import type { Logger } from '@stoa/telemetry';
import type { GraphQLScalarType } from 'graphql';
import type { BaseConfig } from './config.ts';
import type { ReadAheads } from './read-ahead.ts';
import type { Worker } from './worker.ts';

/** The contracts a subgraph calls, under the names it calls them by. */
export type Calls = Readonly<Record<string, RpcContract>>;

/** Clients of those contracts, acting for one call. */
export type ServicesOf<C extends Calls> = { readonly [Name in keyof C]: RpcClient<C[Name]['service']> };

/** What lives as long as the process. */
export interface Process<Shape extends ConfigShape = ConfigShape, C extends Calls = Calls> {
  readonly config: BaseConfig & ConfigOf<Shape>;
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  /** Clients of the other services that act for the given call. */
  services(call: CallContext): ServicesOf<C>;
}

/** What lives as long as one call: a GraphQL operation, an rpc. */
export interface RequestScope<C extends Calls = Calls> {
  readonly call: CallContext;
  /** A unit of work of its own. */
  readonly em: EntityManager;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  readonly services: ServicesOf<C>;
  /** Waits for events, of those that the subgraph hears: what its subscriptions are made of. */
  readonly hear: LiveEvents['hear'];
}

/**
 * Resolvers by type and field. The generated `Resolvers` type of a subgraph fits, and is what checks them. A field without
 * one is read as it lies in the object: a value or a getter, neither a function nor a promise (docs/adr/0024).
 */
export type ResolverMap = Readonly<Record<string, object | GraphQLScalarType | undefined>>;

export interface SubgraphDefinition<Shape extends ConfigShape, C extends Calls, App, Context> {
  /** As in rover.yaml. */
  name: string;
  /** The subgraph's folder, where schema.graphql lies: `new URL('..', import.meta.url)`. */
  folder: URL;
  /** Variables of its own, beside those that all subgraphs read. */
  config?: Shape;
  entities: readonly EntitySchema[];
  migrations: readonly MigrationDefinition[];
  /** Contracts of the services that it calls. */
  calls?: C;
  /** Makes what it holds for as long as the process lives (keys, providers, mail). */
  app: (process: Process<Shape, C>) => App | Promise<App>;
  /** Lets go of what `app` holds, once requests have ended and before the database closes. */
  stop?: (app: App) => Promise<void>;
  /** What a call has beside its scope, best put into the scope itself (`Object.assign`): a copy would begin a unit of work. */
  context: (scope: RequestScope<C>, app: App) => Context;
  resolvers: ResolverMap;
  /** What fields of entities need, to be read once for a whole list of them. */
  readAheads?: ReadAheads<Context>;
  /** The contract that it answers. */
  rpc?: RpcImplementation<Context>;
  /** Routes beside /graphql, for those outside who expect REST. */
  rest?: (server: HttpServer, app: App, newContext: (call: CallContext) => Context) => void;
  /** Work that goes on beside the requests: sweeping, resuming, asking again. */
  workers?: readonly Worker<App, Context>[];
  /** What it does about events, its own and those of others. */
  consumers?: readonly Consumer<Context, App>[];
  /** Events that its subscriptions wait for. Each process hears each of them, and none is kept. */
  hears?: readonly EventDefinition[];
  /** Fills an empty database with the demo shop; does nothing when there is something. Runs while other instances wait. */
  seed?: (process: Process<Shape, C>) => Promise<void>;
}
