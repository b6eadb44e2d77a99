import { type Config, toConfig } from './config.ts';
import { readEnvironment, readVariables, type Variables } from './env.ts';
import { readConfigFile } from './file/config-file.ts';

/**
 * The environment and the configuration file, checked. Throws a ConfigError that names the first setting that can't be
 * used.
 */
export function loadConfig(variables: Variables = readVariables()): Config {
  const env = readEnvironment(variables);
  return toConfig(env, readConfigFile(env.configFile, variables));
}
