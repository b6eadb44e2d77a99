import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { isObject } from '../../json/is-object.ts';

/* The messages about metrics between the primary process and its workers. */

/** Sent by a worker that can answer. */
export const ready = 'talaria:metrics-ready';
/** Sent by the primary process: the metrics of one worker. */
export const readOne = 'talaria:read-metrics-of-worker';
/** Sent by a worker: the text of all. */
export const readAll = 'talaria:read-metrics';
const answer = 'talaria:metrics';

/** The other process. */
export interface Peer extends EventEmitter {
  send?: ((message: object, sent: (error: Error | null) => void) => unknown) | undefined;
}

/** Resolves with the answer of another process, or `undefined` if it ends meanwhile. Rejects when it does not answer. */
export async function ask(peer: Peer, type: string, timeoutMs: number): Promise<unknown> {
  const id = randomUUID();
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const receive = (message: unknown): void => {
    if (isObject(message) && message['type'] === answer && message['id'] === id) resolve(message['value']);
  };
  const leave = (): void => resolve(undefined);
  const timer = setTimeout(() => reject(new Error('A process did not answer in time.')), timeoutMs);
  peer.on('message', receive).on('disconnect', leave);
  send(peer, { type, id });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    peer.off('message', receive).off('disconnect', leave);
  }
}

/** Answers a message if it is the question. Without an answer, the other process gives up after a while. */
export async function reply(peer: Peer, message: unknown, type: string, read: () => Promise<unknown>): Promise<void> {
  if (!isObject(message) || message['type'] !== type) return;
  const value = await read().catch(() => undefined);
  if (value !== undefined) send(peer, { type: answer, id: message['id'], value });
}

/** A process that ends at this moment needs no message. */
export const send = (peer: Peer, message: object): void => void peer.send?.(message, () => undefined);
