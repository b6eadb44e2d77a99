import { createHash } from 'node:crypto';
import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { isObject } from '../json/is-object.ts';
import type { RunId } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';
import { Changes } from './changes.ts';
import type { Runs } from './runs.ts';

export interface OnceRequest<Id extends RunId = RunId> {
  tenant: string;
  /** The client's `Idempotency-Key`. */
  key: string;
  /** The operation and the body: what must be the same for the key to mean the same. */
  content: unknown;
  /** Gives a new id, for the run that does it if this request is the first. */
  createId: () => Id;
  /** The server that does it. */
  by: Pick<Runs, 'server' | 'settle' | 'hold'>;
  /** Aborts when the client has gone. */
  signal: AbortSignal;
  /** Did a run that has begun fail with nothing to show? Absent: none does. */
  cameToNothing?: (id: RunId) => Promise<boolean>;
}

export interface OnceResult {
  id: RunId;
  /** Has an earlier request done it, or begun to? */
  replayed: boolean;
}

/**
 * Sees to it that what a key names is done once: the first request starts it, the others wait until it has begun, and get
 * the id of its run, whose log tells the rest. When the first can't start it, the key is free again, its error is thrown,
 * and the next one tries. So it does when the run has ended and came to nothing: that is looked up in what is stored of the
 * run, so that no moment at which a server may die lies between its end and a free key. A server that slept until another
 * took the key gives what that one made: `start` must begin its run as one for which a key was reserved, and throw
 * `createKeyTaken()` where it may not begin. Throws `idempotency_key_conflict`.
 */
export async function runOnce<Id extends RunId>(
  { runs, idempotency }: Pick<Store, 'runs' | 'idempotency'>,
  request: OnceRequest<Id>,
  start: (id: Id) => Promise<void>,
): Promise<OnceResult> {
  const { tenant, key, createId, by, signal, cameToNothing } = request;
  const fingerprint = toFingerprint(request.content);
  for (;;) {
    const id = createId();
    using _held = by.hold(id);
    const expiresAt = Math.floor(Date.now() / 1000) + limits.idempotencySeconds;
    const reservation = { tenant, key, fingerprint, id, owner: by.server, expiresAt };
    const held = await idempotency.reserve(reservation).catch((error: unknown) => giveUp(id, error));
    if (!held) {
      if (await isStarted(id)) return { id, replayed: false };
      continue;
    }
    if (held.fingerprint !== fingerprint) throw conflict();
    if (!(await hasBegun(held.id))) continue;
    if (!(await cameToNothing?.(held.id))) return { id: held.id, replayed: true };
    // Nothing happens where another request has freed it: by then the key has the next run's id.
    await idempotency.free(tenant, held.id);
  }

  /** `false`: the key was another's by the time it could begin. */
  async function isStarted(id: Id): Promise<boolean> {
    try {
      await start(id);
      return true;
    } catch (error) {
      return isKeyTaken(error) ? false : giveUp(id, error);
    }
  }

  /** Whatever the store has of this attempt: a key without a run would be waited for as long as this server lives. */
  async function giveUp(id: Id, error: unknown): Promise<never> {
    await by.settle('free an idempotency key', () => idempotency.free(tenant, id));
    throw error;
  }

  /** Looks, and where there is nothing yet, looks once more after a change. */
  async function hasBegun(other: RunId): Promise<boolean> {
    const changes = new Changes();
    using _watch = runs.watch(other, changes.note);
    const look = () => runs.read(tenant, other, { after: -1, limit: 1 });
    if (await look()) return true;
    await changes.next(limits.idempotencyPollMs, signal);
    return (await look()) !== undefined;
  }
}

/** Why a run did not begin for which a key was reserved: the key names it no longer. */
export function createKeyTaken(): ApiError {
  const message = 'Another request with this Idempotency-Key was taken up meanwhile.';
  return new ApiError('idempotency_key_conflict', message, { param: 'Idempotency-Key' });
}

/** Nothing else that a start does fails with this code. */
const isKeyTaken = (error: unknown): boolean => error instanceof ApiError && error.code === 'idempotency_key_conflict';

function conflict(): ApiError {
  const message = 'This Idempotency-Key was used for another request. Use a new key for a new request.';
  return new ApiError('idempotency_key_conflict', message, { param: 'Idempotency-Key' });
}

/** The order of an object's fields means nothing in JSON. */
function toFingerprint(content: unknown): string {
  const sorted = JSON.stringify(content, (_name, value: unknown) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest('base64url');
}
