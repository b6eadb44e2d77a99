import { type Config, toConfig } from './config.ts';
import { readEnvironment, readVariables, type Variables } from './env.ts';
import { readConfigFile } from './file/config-file.ts';

/**
 * Reads and validates the environment and the configuration file. Throws a ConfigError that names the first invalid
 * setting.
 */
export function loadConfig(variables: Variables = readVariables()): Config {
  const env = readEnvironment(variables);
  return toConfig(env, readConfigFile(env.configFile, variables));
}
