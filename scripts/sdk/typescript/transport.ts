import { type OperationMethod, operationPaths } from './operation-paths.ts';
import { readEvents } from './read-events.ts';
import { createClientError, fromEnvelope } from './talaria-error.ts';
import type { CallOptions, OperationId } from './types.ts';

/** The part of openapi-fetch used here. Input and output are typed by operation, not by path. */
export interface Fetcher {
  request(method: OperationMethod, path: string, init: object): Promise<FetcherResult>;
}

interface FetcherResult {
  data?: unknown;
  error?: unknown;
  response: Response;
}

export interface AnyInput extends CallOptions {
  body?: object | undefined;
  path?: object | undefined;
  query?: object | undefined;
}

export interface Transport {
  /** Sends a request and returns the JSON of a successful reply. */
  call(id: OperationId, input?: AnyInput): Promise<unknown>;
  /** Streams events. The request is sent when the first event is requested. */
  stream(id: OperationId, input?: AnyInput): AsyncGenerator<unknown>;
}

export function createTransport(fetcher: Fetcher, maxEventLength: number): Transport {
  async function send(id: OperationId, input: AnyInput, extra: object): Promise<FetcherResult> {
    const { method, path } = operationPaths[id];
    const { body, path: inPath, query, signal, headers } = input;
    const init = { body, params: { path: inPath, query }, signal, headers, ...extra };
    let result: FetcherResult;
    try {
      result = await fetcher.request(method, path, init);
    } catch (cause) {
      signal?.throwIfAborted();
      throw createClientError('connection_failed', 'The server could not be reached, or broke off its reply.', cause);
    }
    if (!result.response.ok) throw fromEnvelope(result.error, result.response);
    return result;
  }

  return {
    call: async (id, input = {}) => (await send(id, input, {})).data,
    async *stream(id, input = {}) {
      const cancel = new AbortController();
      const signal = input.signal ? AbortSignal.any([input.signal, cancel.signal]) : cancel.signal;
      try {
        const { response } = await send(id, { ...withStream(id, input), signal }, eventStream(input));
        if (!response.body) throw createClientError('stream_interrupted', 'The reply has no body.');
        const requestId = response.headers.get('x-request-id') ?? undefined;
        yield* readEvents(response.body, { maxEventLength, requestId });
      } catch (error) {
        input.signal?.throwIfAborted();
        throw error;
      } finally {
        cancel.abort();
      }
    },
  };
}

function withStream(id: OperationId, input: AnyInput): AnyInput {
  return operationPaths[id].method === 'get'
    ? { ...input, query: { ...input.query, stream: true } }
    : { ...input, body: { ...input.body, stream: true } };
}

function eventStream({ headers }: AnyInput): object {
  return { parseAs: 'stream', headers: { accept: 'text/event-stream', ...headers } };
}
