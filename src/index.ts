/**
 * The package's programmatic API. Starts the server inside your own program:
 *
 *     const config = toConfig({ ...readEnvironment(), port: '0' }); // or loadConfig(), which also reads talaria.yaml
 *     await using server = await startServer(config, createLog(config.logLevel));
 *     console.log(server.url);
 */
export { type Config, toConfig } from './config/config.ts';
export { ConfigError } from './config/config-error.ts';
export { type Environment, readEnvironment } from './config/env.ts';
export { loadConfig } from './config/load-config.ts';
export { createLog, type Log } from './log.ts';
export { type Server, startServer } from './server.ts';
