import type { Dispatcher } from 'undici';
import { ApiError } from '../../errors/api-error.ts';
import { untilAborted } from '../abort.ts';
import type { AgentModel } from '../agent-client.ts';
import { fromConnectionError } from './errors/from-connection-error.ts';
import { fromErrorResponse } from './errors/from-error-response.ts';
import type { RedactError } from './errors/redact-error.ts';
import { readModels, unreadable } from './read-models.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

export interface ModelCatalogue {
  /** Resolves with no models if the upstream lists none. Rejects with `upstream_error` or `upstream_timeout`. */
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
    const get = { path, method: 'GET' as const, headers: [...headers, 'accept', 'application/json'], signal };
    return await requestModels(pool, get, limits);
  } catch (error) {
    throw redact(signal.aborted ? createTimeout(error) : fromConnectionError(error, 'connecting'));
  }
}

function createTimeout(cause: unknown): ApiError {
  return new ApiError('upstream_timeout', 'The agent did not answer in time.', { cause });
}

/** Requests the list. Any error status becomes a 502, because it does not concern the client's request. */
async function requestModels(
  pool: Dispatcher,
  get: Dispatcher.RequestOptions,
  { upstreamEventBytes: maxBytes }: UpstreamLimits,
): Promise<AgentModel[]> {
  const { statusCode: status, headers, body } = await pool.request(get);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw unreadable(new Error(`the list is longer than ${maxBytes} bytes`));
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  if (status >= 200 && status < 300) return readModels(text);
  // The agent can be reached, and takes models by name.
  if (withoutList.has(status)) return [];
  const { message } = fromErrorResponse({ status, headers, text });
  const cause = new Error(`the upstream answered ${status}: ${text}`);
  // A rate limit on the list says nothing of the runs.
  throw new ApiError('upstream_error', message, { cause, isReachable: status === 429 });
}

/** Statuses of upstreams that offer no list of models. */
const withoutList = new Set([400, 404, 405, 410, 422, 501]);
