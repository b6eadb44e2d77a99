import { limits } from '../config/limits.ts';

/** The share of a delay by which it varies in either direction, so that webhooks that failed together are spread. */
const jitter = 0.1;

/** Returns the wait after a number of failed attempts, in milliseconds. `random`: a number from 0 to 1. */
export function toRetryDelay(attempts: number, random: number): number {
  const delays = limits.webhookRetryMs;
  const delay = delays[Math.min(attempts, delays.length) - 1] ?? delays[0];
  return Math.round(delay * (1 - jitter + 2 * jitter * random));
}
