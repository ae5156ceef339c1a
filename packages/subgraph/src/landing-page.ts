import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { contextHeader } from '@stoa/identity';
import type { BaseConfig } from './config.ts';
import { developmentContext } from './development-context.ts';

/**
 * Apollo Sandbox for a subgraph that runs alone, in development. A subgraph answers signed contexts
 * only, so Sandbox is given one that is good for a day.
 */
export function landingPage(name: string, config: BaseConfig): ApolloServerPlugin {
  if (config.production) return ApolloServerPluginLandingPageDisabled();
  return ApolloServerPluginLandingPageLocalDefault({
    embed: {
      initialState: {
        pollForSchemaUpdates: true,
        sharedHeaders: { [contextHeader]: developmentContext(name, config.contextSecret) },
      },
    },
  });
}
