export {
  ConfigError,
  type ConfigOf,
  type ConfigShape,
  type Environment,
  flag,
  integer,
  oneOf,
  port,
  readConfig,
  url,
} from './read-config.ts';
export { z } from 'zod';
