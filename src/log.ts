import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config/config.ts';

export type Log = Logger;

/** Headers that carry secrets never reach a log, whatever is logged. */
const secrets = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key'].flatMap((name) => [
  `headers["${name}"]`,
  `*.headers["${name}"]`,
]);

/**
 * JSON lines on standard error: standard output stays free for what a command prints. The lines of one turn of the event
 * loop leave in one write at its end; whoever ends the process in the middle of a turn calls `flush` first.
 */
export function createLog(level: LogLevel): Log {
  return pino(
    { level, redact: { paths: [...secrets, 'key', '*.key', 'apiKey', '*.apiKey'], censor: '[secret]' } },
    joinWrites(pino.destination({ dest: 2, sync: true })),
  );
}

function joinWrites(destination: DestinationStream): DestinationStream & { flush(): void } {
  let lines = '';
  const flush = (): void => {
    const text = lines;
    lines = '';
    if (text !== '') destination.write(text);
  };
  return {
    write(line) {
      if (lines === '') setImmediate(flush);
      lines += line;
    },
    flush,
  };
}
