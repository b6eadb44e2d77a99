/** Headers of the connection, the body and the protocol, which the client of MCP sets itself. */
const ownHeaders = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a header of a client can be sent to its MCP server. */
export function isSendable(name: string, value: string): boolean {
  if (!/^[!#$%&'*+.^_`|~\w-]{1,100}$/.test(name) || ownHeaders.has(name.toLowerCase())) return false;
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);
}
