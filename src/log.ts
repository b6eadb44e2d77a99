import { type Logger, pino } from 'pino';
import type { LogLevel } from './config/config.ts';

export type Log = Logger;

/** Headers that carry secrets never reach a log, whatever is logged. */
const secrets = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key'].flatMap((name) => [
  `headers["${name}"]`,
  `*.headers["${name}"]`,
]);

/** JSON lines on standard error: standard output stays free for what a command prints. */
export function createLog(level: LogLevel): Log {
  return pino(
    { level, redact: { paths: [...secrets, 'key', '*.key', 'apiKey', '*.apiKey'], censor: '[secret]' } },
    pino.destination({ dest: 2, sync: true }),
  );
}
