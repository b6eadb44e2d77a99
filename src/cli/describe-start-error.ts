import { ApiError } from '../errors/api-error.ts';

/** What the system says of an address. */
interface SystemError extends Error {
  code?: string;
  address?: string;
  hostname?: string;
  port?: number;
}

/** One line for the person who started the process. */
export function describeStartError(reason: unknown): string {
  if (reason instanceof ApiError) return `Talaria could not start: ${reason.message}${toCause(reason)}`;
  if (!(reason instanceof Error)) return `Talaria could not start: ${String(reason)}`;
  // Any error can be read so: each field may be absent.
  const { code, address, hostname, port } = reason as SystemError;
  switch (code) {
    case 'EADDRINUSE':
      return `Talaria could not start: ${address}:${port} is in use. Choose another with API_SERVER_PORT.`;
    case 'EACCES':
      return `Talaria could not start: it may not listen on ${address}:${port}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `Talaria could not start: API_SERVER_HOST=${hostname ?? address} is not an address of this machine.`;
    default:
      return `Talaria could not start: ${reason.message}`;
  }
}

/** What a client is not told. */
const toCause = ({ cause }: ApiError): string => (cause instanceof Error ? ` (${cause.message})` : '');
