import { isConnectionHeader, isHeaderName, isHeaderValue } from '../../config/request-headers.ts';

/** Headers of the protocol, which the client of MCP sets itself. */
const protocolHeaders = new Set([
  'accept',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
]);

/** Whether a header of a client can be sent to its MCP server. */
export function isSendable(name: string, value: string): boolean {
  if (isConnectionHeader(name) || protocolHeaders.has(name.toLowerCase())) return false;
  return isHeaderName(name) && isHeaderValue(value);
}
