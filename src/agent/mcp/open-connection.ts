import type { Connection, ConnectionOptions } from './connection.ts';

/** Opens a connection. The client of MCP is loaded with the first one: most servers need none. */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { Connection } = await import('./connection.ts');
  return Connection.open(options);
}
