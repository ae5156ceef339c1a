export { z } from 'zod';
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
