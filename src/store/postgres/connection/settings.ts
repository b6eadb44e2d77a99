import { Socket } from 'node:net';
import { type ClientConfig, type PoolConfig, TypeOverrides } from 'pg';
import { limits } from '../../../config/limits.ts';

/** How to connect to a database, in the driver's terms. */
export interface Settings {
  client: ClientConfig;
  pool: PoolConfig;
  /** Prepared statements. */
  prepare: boolean;
  /** Open connections: whatever else fails, these can be cut. */
  sockets: Set<Socket>;
}

/** The type of `bigint`, in which our numbers are counts, keys and seconds, all below 2^53. */
const int8 = 20;

/**
 * `prepare=false` in the URL is for a pooler between us and the database that gives each transaction another connection:
 * then nothing is kept with a connection, neither prepared statements nor settings.
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

/** What the driver takes as `verify-full`, and writes a warning about: it is going to mean less by it. */
const verifying = ['prefer', 'require', 'verify-ca'];

function toDriverUrl(url: string): { connectionString: string; prepare: boolean } {
  const parsed = new URL(url);
  const { searchParams: settings } = parsed;
  const prepare = settings.get('prepare') !== 'false';
  settings.delete('prepare');
  const isLikeLibpq = settings.get('uselibpqcompat') === 'true';
  if (!isLikeLibpq && verifying.includes(settings.get('sslmode') ?? '')) settings.set('sslmode', 'verify-full');
  return { connectionString: parsed.href, prepare };
}

function createSocket(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  return socket.once('close', () => sockets.delete(socket));
}
