import { limits } from '../../config/limits.ts';
import { PrivateAddressError } from '../../net/private-address-error.ts';
import { MessageTooLargeError, ServerDownError, streamEnded } from './mcp-errors.ts';

/**
 * Describes why a server failed, for clients and models, as the rest of a sentence. The text has no address, no header
 * and no path of this machine.
 */
export function describeFailure(error: unknown): string {
  const chain = toChain(error);
  for (const cause of chain) {
    const reason = describe(cause);
    if (reason !== undefined) return reason;
  }
  return 'the connection failed';
}

/** Whether no connection was made, so that nothing was sent. */
export const isUnreachable = (error: unknown): boolean =>
  toChain(error).some(
    (cause) =>
      cause instanceof PrivateAddressError ||
      ('code' in cause &&
        /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENOENT|EACCES|UND_ERR_CONNECT_TIMEOUT|NOT_CONNECTED)$/.test(
          `${cause.code}`,
        )),
  );

/** The error that the server itself sent, shortened. `undefined` for any other failure. */
export function toServerReason(error: unknown): string | undefined {
  if (!(error instanceof Error && isProtocolError(error)) || hasEnded(error)) return undefined;
  const { message } = error;
  return message.length > limits.mcpReasonCharacters ? `${message.slice(0, limits.mcpReasonCharacters)}…` : message;
}

function describe(error: Error): string | undefined {
  if (error instanceof MessageTooLargeError || /ReadBuffer exceeded/.test(error.message)) {
    return `a message has more than ${limits.mcpMessageBytes} bytes`;
  }
  if (error instanceof PrivateAddressError) return 'its address is not public';
  if ('status' in error && typeof error.status === 'number') return describeStatus(error.status);
  if (hasEnded(error)) return streamEnded;
  if (isProtocolError(error)) return 'it answered with an error';
  if (error.name === 'TimeoutError') return 'it did not answer in time';
  if (error instanceof ServerDownError) return error.message;
  if (error instanceof RangeError) return 'a message is nested too deeply';
  if (error instanceof SyntaxError || error.name === 'ZodError') return 'it sent an invalid message';
  const code = 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return undefined;
  return reasons[code] ?? (/CERT|SSL|TLS/.test(code) ? 'its certificate is not trusted' : undefined);
}

const describeStatus = (status: number): string =>
  status === 401 ? 'it requires authorization (HTTP 401)' : `it answered with HTTP ${status}`;

/** Whether the stream of a request ended; see `failEndedRequests`. */
const hasEnded = (error: Error): boolean => error.message.endsWith(streamEnded);

/** Whether the server answered with an error of JSON-RPC, whose codes are numbers. */
const isProtocolError = (error: Error): boolean =>
  !(error instanceof DOMException) && 'code' in error && typeof error.code === 'number';

/** By the codes of the client of MCP, of undici and of the system. */
const reasons: Record<string, string> = {
  REQUEST_TIMEOUT: 'it did not answer in time',
  CONNECTION_CLOSED: 'it stopped',
  NOT_CONNECTED: 'it stopped',
  INVALID_RESULT: 'it sent an invalid result',
  CLIENT_HTTP_UNEXPECTED_CONTENT: 'it answered with neither JSON nor an event stream',
  ENOENT: 'its command was not found',
  EACCES: 'its command cannot be executed',
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  ETIMEDOUT: 'the connection timed out',
  EPIPE: 'it stopped',
};

/** The error and its causes, also those of several attempts, outermost first. */
function toChain(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > 8) return [];
  const inner =
    error instanceof AggregateError ? error.errors : [error.cause, 'data' in error ? error.data : undefined];
  return [error, ...inner.flatMap((cause) => toChain(isCause(cause) ? cause.cause : cause, depth + 1))];
}

const isCause = (value: unknown): value is { cause: unknown } =>
  typeof value === 'object' && value !== null && !(value instanceof Error) && 'cause' in value;
