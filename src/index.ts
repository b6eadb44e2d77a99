/**
 * The package's public surface: start the server from a program of your own.
 *
 *     const config = toConfig({ ...readEnvironment(), port: '0' }); // or loadConfig(), which reads talaria.yaml too
 *     await using server = await startServer(config, createLog(config.logLevel));
 */
export { type Config, toConfig } from './config/config.ts';
export { ConfigError } from './config/config-error.ts';
export { type Environment, readEnvironment } from './config/env.ts';
export { loadConfig } from './config/load-config.ts';
export { createLog, type Log } from './log.ts';
export { type Server, startServer } from './server.ts';
