import type { Dispatcher } from 'undici';
import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import type { AgentModel } from '../agent-client.ts';
import { fromConnectionError } from './from-connection-error.ts';
import type { RedactError } from './redact-error.ts';
import { toCancelled } from './to-cancelled.ts';
import { toCount } from './to-count.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

export interface ModelCatalogue {
  /** Never empty. Rejects with `upstream_error` or `upstream_timeout` when the upstream can't tell. */
  read(signal: AbortSignal): Promise<AgentModel[]>;
}

export interface ModelCatalogueOptions {
  pool: Dispatcher;
  path: string;
  headers: string[];
  limits: UpstreamLimits;
  /** Every error that tells of the upstream passes through it. */
  redact: RedactError;
}

/** The upstream's models, remembered for a while. Those who ask at the same time share one request. */
export function createModelCatalogue(options: ModelCatalogueOptions): ModelCatalogue {
  let models: Promise<AgentModel[]> | undefined;
  let expiresAt = 0;
  const load = (): Promise<AgentModel[]> => {
    const loading = fetchModels(options);
    // Until then the request itself is what is shared; its own time-outs end it.
    expiresAt = Number.POSITIVE_INFINITY;
    loading.then(
      () => {
        expiresAt = performance.now() + options.limits.upstreamModelsMs;
      },
      () => {
        models = undefined;
      },
    );
    return loading;
  };
  return {
    read(signal) {
      if (models === undefined || performance.now() >= expiresAt) models = load();
      return untilAborted(models, signal);
    },
  };
}

/** The promise, or the signal's error when that comes first: one who leaves does not end what others wait for. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(toCancelled(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.finally(() => signal.removeEventListener('abort', onAbort)).then(resolve, reject);
  });
}

async function fetchModels({ pool, path, headers, limits, redact }: ModelCatalogueOptions): Promise<AgentModel[]> {
  // Bounds the whole exchange: a slow body must not block the callers that share it.
  const signal = AbortSignal.timeout(limits.upstreamModelsTimeoutMs);
  try {
    const text = await readText(pool, { path, method: 'GET', headers, signal, maxBytes: limits.upstreamEventBytes });
    const models = toModels(text);
    if (models.length === 0) throw new ApiError('upstream_error', 'The agent offers no models.');
    return models;
  } catch (error) {
    throw redact(signal.aborted ? createTimeout(error) : fromConnectionError(error, 'connecting'));
  }
}

function createTimeout(cause: unknown): ApiError {
  return new ApiError('upstream_timeout', 'The agent did not answer in time.', { cause });
}

/** A refusal is never about the client's request, so it is a 502 whatever its status. */
async function readText(
  pool: Dispatcher,
  { maxBytes, ...request }: Dispatcher.RequestOptions & { maxBytes: number },
): Promise<string> {
  const { statusCode, body } = await pool.request(request);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw unreadable(new Error(`the list is longer than ${maxBytes} bytes`));
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  if (statusCode === 401 || statusCode === 403) {
    throw new ApiError('upstream_error', "The agent refused this server's credentials.");
  }
  if (statusCode !== 200) throw unreadable(new Error(`the upstream answered ${statusCode}: ${text}`));
  return text;
}

/** OpenAI's list; the list alone is read too. Entries without an id are no models. */
function toModels(text: string): AgentModel[] {
  try {
    const list = JSON.parse(text);
    const entries: unknown[] = Array.isArray(list) ? list : list.data;
    return entries.flatMap(toModel);
  } catch (cause) {
    throw unreadable(cause);
  }
}

function toModel(entry: unknown): AgentModel[] {
  if (!isObject(entry)) return [];
  const { id, created, owned_by: ownedBy } = entry;
  if (typeof id !== 'string' || id === '') return [];
  return [{ id, created: toCount(created) ?? 0, ownedBy: typeof ownedBy === 'string' ? ownedBy : 'upstream' }];
}

function unreadable(cause: unknown): ApiError {
  return new ApiError('upstream_error', "The agent's list of models could not be read.", { cause });
}
