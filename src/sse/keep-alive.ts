import { encodeSseComment } from './encode-sse.ts';

export interface KeepAlive extends Disposable {
  /** Call after every write: the silence starts anew. */
  refresh(): void;
}

/** Writes a comment after each `milliseconds` of silence, until disposed. */
export function keepAlive(milliseconds: number, write: (comment: string) => void): KeepAlive {
  const comment = encodeSseComment('keep-alive');
  const timer = setInterval(() => write(comment), milliseconds);
  return {
    refresh: () => timer.refresh(),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
