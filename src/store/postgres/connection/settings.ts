import { Socket } from 'node:net';
import { type ClientConfig, type PoolConfig, TypeOverrides } from 'pg';
import { limits } from '../../../config/limits.ts';

/** The driver's settings for a database. */
export interface Settings {
  client: ClientConfig;
  pool: PoolConfig;
  /** Whether statements are prepared. */
  prepare: boolean;
  /** The open sockets, to be destroyed when a graceful close fails. */
  sockets: Set<Socket>;
}

/** The type number of `bigint`. The schema's values of this type (counts, keys, seconds) stay below 2^53. */
const int8 = 20;

/**
 * Converts the URL of a store. `prepare=false` is for a transaction pooler, which may use another connection for each
 * transaction: neither prepared statements nor session settings are used then.
 */
export function toSettings(url: string): Settings {
  const { connectionString, prepare } = toDriverUrl(url);
  const sockets = new Set<Socket>();
  const types = new TypeOverrides();
  types.setTypeParser(int8, Number);
  const client: ClientConfig = {
    connectionString,
    types,
    connectionTimeoutMillis: limits.postgresConnectMs,
    query_timeout: limits.postgresAnswerMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: limits.postgresKeepAliveMs,
    fallback_application_name: 'talaria',
    stream: () => createSocket(sockets),
    ...(prepare ? { statement_timeout: limits.postgresStatementMs } : {}),
  };
  const pool = { ...client, max: limits.postgresConnections, idleTimeoutMillis: limits.postgresIdleMs };
  return { client, pool, prepare, sockets };
}

/** Modes that the driver treats as `verify-full` with a deprecation warning. Its next version will verify less. */
const aliasesOfVerifyFull = ['prefer', 'require', 'verify-ca'];

function toDriverUrl(url: string): { connectionString: string; prepare: boolean } {
  const parsed = new URL(url);
  const { searchParams: settings } = parsed;
  const prepare = settings.get('prepare') !== 'false';
  settings.delete('prepare');
  const isLikeLibpq = settings.get('uselibpqcompat') === 'true';
  if (!isLikeLibpq && aliasesOfVerifyFull.includes(settings.get('sslmode') ?? ''))
    settings.set('sslmode', 'verify-full');
  return { connectionString: parsed.href, prepare };
}

function createSocket(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  return socket.once('close', () => sockets.delete(socket));
}
