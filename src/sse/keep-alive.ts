import { encodeSseComment } from './encode-sse.ts';

export interface KeepAlive extends Disposable {
  /** Restarts the interval. Call it after every write. */
  refresh(): void;
}

/** Writes a comment after every `milliseconds` without a write, until disposed. */
export function keepAlive(milliseconds: number, write: (comment: string) => void): KeepAlive {
  const comment = encodeSseComment('keep-alive');
  const timer = setInterval(() => write(comment), milliseconds);
  return {
    refresh: () => timer.refresh(),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
