import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { limits } from '../../src/config/limits.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
export const readText = (path: string): string => readFileSync(join(repository, path), 'utf8');
export const exists = (path: string): boolean => existsSync(join(repository, path));

/** The variables that the server reads. */
export const knownVariables: ReadonlySet<string> = new Set(
  [...readText('src/config/env.ts').matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, name = '']) => name),
);

/** The longest time that a server with these variables takes to stop, in milliseconds. */
export function toStopMs(variables: Readonly<Record<string, string>>): number {
  const drainMs = Number(variables['API_SERVER_DRAIN_MS'] ?? limits.drainMs);
  const shutdownMs = Number(variables['API_SERVER_SHUTDOWN_MS'] ?? limits.shutdownMs);
  // A process that stalls drains for up to three times as long.
  return 3 * drainMs + shutdownMs + limits.shutdownAbortMs;
}

/** Converts `30s` or `1m` to milliseconds. */
export function toMs(duration: string): number {
  const [, count, unit] = /^(\d+)(s|m)$/.exec(duration) ?? [];
  if (count === undefined) throw new Error(`${duration} is not a duration in seconds or minutes.`);
  return Number(count) * (unit === 's' ? 1_000 : 60_000);
}
