import { IdleTimer } from '../idle-timer.ts';
import { encodeSseComment } from './encode-sse.ts';

export interface KeepAlive extends Disposable {
  /** Restarts the interval. Call it after every write. */
  refresh(): void;
}

const comment = encodeSseComment('keep-alive');

/** Writes a comment after every `milliseconds` without a write, until disposed. */
export function keepAlive(milliseconds: number, write: (comment: string) => void): KeepAlive {
  let timer: IdleTimer;
  const start = () => {
    timer = new IdleTimer(milliseconds, () => {
      start();
      write(comment);
    });
  };
  start();
  return {
    refresh: () => timer.note(),
    [Symbol.dispose]: () => timer[Symbol.dispose](),
  };
}
