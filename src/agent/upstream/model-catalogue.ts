import type { Dispatcher } from 'undici';
import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import { untilAborted } from '../abort.ts';
import type { AgentModel } from '../agent-client.ts';
import { fromConnectionError } from './errors/from-connection-error.ts';
import type { RedactError } from './errors/redact-error.ts';
import { toCount } from './to-count.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

export interface ModelCatalogue {
  /** Resolves with at least one model. Rejects with `upstream_error` or `upstream_timeout`. */
  read(signal: AbortSignal): Promise<AgentModel[]>;
}

export interface ModelCatalogueOptions {
  pool: Dispatcher;
  path: string;
  headers: string[];
  limits: UpstreamLimits;
  /** Applied to every error of the upstream. */
  redact: RedactError;
}

/** Caches the upstream's models for `upstreamModelsMs`. Concurrent reads share one request. */
export function createModelCatalogue(options: ModelCatalogueOptions): ModelCatalogue {
  let models: Promise<AgentModel[]> | undefined;
  let expiresAt = 0;
  const load = (): Promise<AgentModel[]> => {
    const loading = fetchModels(options);
    // A pending request is shared until it settles, at the latest by its own time-out.
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

async function fetchModels({ pool, path, headers, limits, redact }: ModelCatalogueOptions): Promise<AgentModel[]> {
  // Covers the whole exchange: a slow body must not block the callers that share it.
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

/** Requests the list. Any error status becomes a 502, because it does not concern the client's request. */
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

/** Reads OpenAI's list object, or a bare array. Entries without an id are skipped. */
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
