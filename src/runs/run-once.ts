import { createHash } from 'node:crypto';
import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { withExactNumbers } from '../json/exact-numbers.ts';
import { isObject } from '../json/is-object.ts';
import type { RunId } from '../store/run-store.ts';
import type { Store } from '../store/store.ts';
import { Changes } from './changes.ts';
import type { Runs } from './runs.ts';

export interface OnceRequest<Id extends RunId = RunId> {
  tenant: string;
  /** The client's `Idempotency-Key`. */
  key: string;
  /** The operation and the body. A key may only be used again with the same content. */
  content: unknown;
  /** Creates the id of the run, in case this request starts it. */
  createId: () => Id;
  /** This server's runs. */
  by: Pick<Runs, 'server' | 'settle' | 'hold'>;
  /** Aborts when the client leaves. */
  signal: AbortSignal;
  /** Whether a run that has begun failed without output. Omitted: never. */
  failedEmpty?: (id: RunId) => Promise<boolean>;
}

export interface OnceResult {
  id: RunId;
  /** Whether an earlier request started the run. */
  replayed: boolean;
}

/**
 * Runs a keyed request at most once. The first request starts the run; later ones wait for it to begin, and get its id.
 * If it cannot start, its error is thrown, the key is released, and the next request tries.
 *
 * A run that failed empty releases its key too. That is read from the store, so a server may die at any moment.
 *
 * `start` must begin its run with a reserved key, and throw `createKeyTaken()` when it may not begin. This server may have
 * slept until another took the key: it then returns the other's run. Throws `idempotency_key_conflict`.
 */
export async function runOnce<Id extends RunId>(
  { runs, idempotency }: Pick<Store, 'runs' | 'idempotency'>,
  request: OnceRequest<Id>,
  start: (id: Id) => Promise<void>,
): Promise<OnceResult> {
  const { tenant, key, createId, by, signal, failedEmpty } = request;
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
    if (!(await failedEmpty?.(held.id))) return { id: held.id, replayed: true };
    // Does nothing when another request has released the key: it then has the id of the next run.
    await idempotency.free(tenant, held.id);
  }

  /** Starts the run. Resolves with `false` when another request took the key before the run could begin. */
  async function isStarted(id: Id): Promise<boolean> {
    try {
      await start(id);
      return true;
    } catch (error) {
      return isKeyTaken(error) ? false : giveUp(id, error);
    }
  }

  /** Releases the key, even if only the reply was lost: others would wait for its run while this server lives. */
  async function giveUp(id: Id, error: unknown): Promise<never> {
    await by.settle('release-key', () => idempotency.free(tenant, id));
    throw error;
  }

  /** Whether a run has begun. Looks twice: now and after the next change. */
  async function hasBegun(other: RunId): Promise<boolean> {
    const changes = new Changes();
    using _watch = runs.watch(other, changes.note);
    const look = () => runs.read(tenant, other, { after: -1, limit: 1 });
    if (await look()) return true;
    await changes.next(limits.idempotencyPollMs, signal);
    return (await look()) !== undefined;
  }
}

/** Creates the error of a run that may not begin, because its reserved key was given to another run. */
export function createKeyTaken(): ApiError {
  const message = 'Another request with this Idempotency-Key was started first.';
  return new ApiError('idempotency_key_conflict', message, { param: 'Idempotency-Key' });
}

/** Whether another request took the key. A start fails with this code for no other reason. */
const isKeyTaken = (error: unknown): boolean => error instanceof ApiError && error.code === 'idempotency_key_conflict';

function conflict(): ApiError {
  const message = 'This Idempotency-Key was used for another request. Use a new key for a new request.';
  return new ApiError('idempotency_key_conflict', message, { param: 'Idempotency-Key' });
}

/** Returns a hash that ignores the order of an object's fields, as JSON does. */
function toFingerprint(content: unknown): string {
  const sorted = JSON.stringify(withExactNumbers(content), (_name, value: unknown) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest('base64url');
}
