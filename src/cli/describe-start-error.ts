import { ApiError } from '../errors/api-error.ts';
import { StoreOpenError } from '../store/store-open-error.ts';

/** A failed system call on an address. */
interface SystemError extends Error {
  code?: string;
  address?: string;
  hostname?: string;
  port?: number;
  /** The prefix of the variables of this address. Default: `API_SERVER`. */
  variables?: string;
}

/** Describes a failed start in one line for the operator. */
export function describeStartError(reason: unknown): string {
  if (reason instanceof ApiError) return `Talaria could not start: ${reason.message}${toCause(reason)}`;
  if (reason instanceof StoreOpenError) return `Talaria could not start: ${reason.message} Check STORE_URL.`;
  if (!(reason instanceof Error)) return `Talaria could not start: ${String(reason)}`;
  // Every field is optional, so any error fits.
  const { code, address, hostname, port, variables = 'API_SERVER' } = reason as SystemError;
  switch (code) {
    case 'EADDRINUSE':
      return `Talaria could not start: ${address}:${port} is in use. Set ${variables}_PORT to a free port.`;
    case 'EACCES':
      return `Talaria could not start: no permission to listen on ${address}:${port} (${variables}_HOST, ${variables}_PORT).`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `Talaria could not start: ${variables}_HOST=${hostname ?? address} is not an address of this machine.`;
    default:
      return `Talaria could not start: ${reason.message}`;
  }
}

/** Returns the cause, which clients do not receive. */
const toCause = ({ cause }: ApiError): string => (cause instanceof Error ? ` (${cause.message})` : '');
