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
  /** Where the server is, such as `http://127.0.0.1:8642`. A `/v1` at its end is left out. */
  baseUrl: string;
  apiKey?: string | undefined;
  /** In place of the global `fetch`. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Sent with every request. */
  headers?: Record<string, string> | undefined;
  /** The longest event of a stream, in characters: 32 Mi when it is left out. */
  maxEventLength?: number | undefined;
}

export interface ResumeOptions extends CallOptions, ReconnectOptions {
  /** The `sequence_number` of the last event that was seen. Absent: from the beginning. */
  startingAfter?: number | undefined;
}

/** One method for each operation, by its id. Resolves with the JSON of a 200; everything else is a `TalariaError`. */
export type OperationMethods = { [K in OperationId]: (...input: InputArguments<K>) => Promise<Reply<K>> };

export interface Streams {
  /**
   * The events of an operation that can stream. The request is sent when the loop over them begins, and cancelled when
   * the loop is left. The events of a response with `background: true` go on after a broken connection.
   */
  stream<K extends StreamOperationId>(id: K, input: Input<K> & ReconnectOptions): AsyncGenerator<StreamEvent<K>>;
  /** The events of a background response that was begun before, now or later. */
  resume(responseId: string, options?: ResumeOptions): AsyncGenerator<Schemas['ResponseStreamEvent']>;
}

/** `GET`, `POST` and `DELETE` are openapi-fetch's, for who prefers paths and results to ids and exceptions. */
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
  // The table has the contract's paths, and the methods its types; no path is typed a second time.
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
    // The contract says what a stream holds; the client does not check it again.
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
