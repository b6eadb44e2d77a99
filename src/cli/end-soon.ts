import { limits } from '../config/limits.ts';

/**
 * Ends the process if something still keeps it alive after its server was disposed, such as the retry of an exporter that
 * cannot be cancelled.
 */
export function endSoon(): void {
  setTimeout(() => process.exit(), limits.exitMs).unref();
}
