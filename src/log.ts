import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config/config.ts';

export type Log = Logger;

/** Headers with secrets, redacted wherever headers are logged. */
const secrets = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key'].flatMap((name) => [
  `headers["${name}"]`,
  `*.headers["${name}"]`,
]);

/**
 * Creates a log of JSON lines on standard error; standard output is for the output of commands. The lines of one turn of
 * the event loop are written together at its end. Call `flush` before ending the process within a turn.
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
