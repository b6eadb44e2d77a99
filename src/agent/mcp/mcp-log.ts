/** The log of MCP servers. It never holds headers; what a server writes to standard error is logged at debug. */
export interface McpLog {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}
