import createFetcher, { type Client as PathClient } from 'openapi-fetch';
import type { paths } from './contract.ts';
import { followResponse, type ReconnectOptions } from './follow-response.ts';
import { operationPaths } from './operation-paths.ts';
import { toQuery } from './to-query.ts';
import { type AnyInput, createTransport, type Fetcher, type Transport } from './transport.ts';
import type {
  CallOptions,
  Input,
  InputArguments,
  OperationId,
  Reply,
  Schemas,
  StreamEvent,
  StreamOperationId,
} from './types.ts';

export interface ClientOptions {
  /** The server's URL, such as `http://127.0.0.1:8642`, with or without `/v1`. */
  baseUrl: string;
  apiKey?: string | undefined;
  /** Used instead of the global `fetch`. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Headers sent with every request. */
  headers?: Record<string, string> | undefined;
  /** The maximum length of a stream's event in characters. Default: 32 Mi. */
  maxEventLength?: number | undefined;
}

export interface ResumeOptions extends CallOptions, ReconnectOptions {
  /** The `sequence_number` of the last event you received. Omitted: starts with the first event. */
  startingAfter?: number | undefined;
}

/** One method per operation, by its ID. Resolves with the JSON of a 200, and rejects with a `TalariaError`. */
export type OperationMethods = { [K in OperationId]: (...input: InputArguments<K>) => Promise<Reply<K>> };

export interface Streams {
  /**
   * Streams the events of an operation. The request is sent when you start to iterate, and cancelled when you stop. The
   * stream of a response with `background: true` resumes after a broken connection.
   */
  stream<K extends StreamOperationId>(id: K, input: Input<K> & ReconnectOptions): AsyncGenerator<StreamEvent<K>>;
  /** Streams the events of an existing background response, whether it is running or has ended. */
  resume(responseId: string, options?: ResumeOptions): AsyncGenerator<Schemas['ResponseStreamEvent']>;
}

/** `GET`, `POST` and `DELETE` are openapi-fetch's, with paths and results instead of IDs and exceptions. */
export type TalariaClient = PathClient<paths> & OperationMethods & Streams;

const defaultMaxEventLength = 32 * 1024 * 1024;

export function createClient(options: ClientOptions): TalariaClient {
  const { baseUrl, apiKey, fetch, headers, maxEventLength = defaultMaxEventLength } = options;
  const fetcher = createFetcher<paths>({
    baseUrl: baseUrl.replace(/\/+(v1\/*)?$/, ''),
    headers: { ...headers, ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) },
    querySerializer: toQuery,
    ...(fetch ? { fetch } : {}),
  });
  // The paths come from a table and the types from the methods, so the fetcher's own path types aren't needed.
  const transport = createTransport(fetcher as Fetcher, maxEventLength);
  return { ...fetcher, ...createMethods(transport), ...createStreams(transport) };
}

function createMethods(transport: Transport): OperationMethods {
  const ids = Object.keys(operationPaths);
  const methods = ids.map((id) => [id, (input?: AnyInput) => transport.call(id as OperationId, input)]); // the table's keys
  return Object.fromEntries(methods);
}

function createStreams(transport: Transport): Streams {
  type ResponseEvents = AsyncGenerator<Schemas['ResponseStreamEvent']>;
  const open = (options: CallOptions) => (responseId: string, startingAfter: number | undefined) => {
    const query = startingAfter === undefined ? {} : { starting_after: startingAfter };
    // The contract defines the events; the client doesn't validate them.
    return transport.stream('getResponse', { ...options, path: { response_id: responseId }, query }) as ResponseEvents;
  };
  return {
    stream(id, { maxReconnects, reconnectDelay, ...input }) {
      const events = transport.stream(id, input);
      if (!isBackground(input)) return events as ReturnType<typeof this.stream<typeof id>>;
      const { signal } = input;
      const following = {
        first: events as ResponseEvents,
        open: open({ signal }),
        signal,
        maxReconnects,
        reconnectDelay,
      };
      return followResponse(following) as ReturnType<typeof this.stream<typeof id>>;
    },
    resume(responseId, { startingAfter, maxReconnects, reconnectDelay, signal, headers } = {}) {
      const again = open({ signal, headers });
      return followResponse({ open: again, responseId, startingAfter, signal, maxReconnects, reconnectDelay });
    },
  };
}

function isBackground({ body }: AnyInput): boolean {
  return body !== undefined && 'background' in body && body.background === true;
}
