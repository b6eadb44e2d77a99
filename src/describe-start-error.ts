import { ApiError } from './errors/api-error.ts';

/** One line for the person who started the process. */
export function describeStartError(reason: unknown): string {
  if (reason instanceof ApiError) return `Talaria could not start: ${reason.message}${toCause(reason)}`;
  if (!(reason instanceof Error)) return `Talaria could not start: ${String(reason)}`;
  const { code, address, port } = reason as NodeJS.ErrnoException & { address?: string; port?: number };
  switch (code) {
    case 'EADDRINUSE':
      return `Talaria could not start: ${address}:${port} is in use. Choose another with API_SERVER_PORT.`;
    case 'EACCES':
      return `Talaria could not start: it may not listen on ${address}:${port}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `Talaria could not start: API_SERVER_HOST is not an address of this machine.`;
    default:
      return `Talaria could not start: ${reason.message}`;
  }
}

/** What a client is not told. */
const toCause = ({ cause }: ApiError): string => (cause instanceof Error ? ` (${cause.message})` : '');
