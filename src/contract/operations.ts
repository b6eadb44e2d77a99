import type { ApiError } from '../errors/api-error.ts';
import type { Exchange } from '../exchange.ts';
import type { EventBatch } from '../flow/event-batch.ts';
import type { Flow } from '../flow/flow.ts';
import type { TraceContext } from '../trace-context.ts';
import type { OperationId, Operations } from './types.ts';

type JsonContent<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type StreamContent<T> = T extends { content: { 'text/event-stream': infer Event } } ? Event : never;

type BodyContent<K extends OperationId> = NonNullable<Operations[K]['requestBody']>;

/** An omitted optional body is an empty object. */
export type RequestBody<K extends OperationId> = [BodyContent<K>] extends [never]
  ? undefined
  : JsonContent<BodyContent<K>>;
export type PathParameters<K extends OperationId> = Operations[K]['parameters'] extends { path: infer P } ? P : object;
export type QueryParameters<K extends OperationId> = Operations[K]['parameters'] extends { query?: infer Q }
  ? NonNullable<Q>
  : object;

export type HeaderParameters<K extends OperationId> = Operations[K]['parameters'] extends { header?: infer H }
  ? NonNullable<H>
  : object;

type Responses<K extends OperationId> = Operations[K]['responses'];
/** The statuses of replies with a JSON body. Errors are thrown instead. */
export type ReplyStatus<K extends OperationId> = Extract<keyof Responses<K>, 200 | 503>;
export type ReplyBody<K extends OperationId, S extends ReplyStatus<K> = ReplyStatus<K>> = JsonContent<Responses<K>[S]>;
export type StreamEvent<K extends OperationId> = StreamContent<Responses<K>[Extract<keyof Responses<K>, 200>]>;

export interface JsonReply<Body> {
  kind: 'json';
  status: number;
  body: Body;
  headers?: Record<string, string>;
}

/** The events of a batch are sent in one write. An empty first batch sends the head of the reply. */
export interface StreamReply<Event extends object> {
  kind: 'stream';
  events: Flow<EventBatch<Event>>;
  headers?: Record<string, string>;
  /** Why the request was refused, if its stream reports that: the head was already sent. */
  failure?: ApiError;
}

export type Reply<K extends OperationId> =
  | JsonReply<ReplyBody<K>>
  | ([StreamEvent<K>] extends [never] ? never : StreamReply<StreamEvent<K>>);

/** A session that a client names in a header. */
export interface NamedSession {
  id: string;
  /** Whether the client may rely on the agent's own history of the session, and send only what is new. */
  holdsHistory: boolean;
}

/** The sender of a request. */
export interface Caller {
  /** The owner of the API key and of everything it stores. */
  tenant: string;
  /** Aborts with an ApiError when the client disconnects or the server stops. */
  signal: AbortSignal;
  /** Identifies the request in log lines. */
  requestId?: string | undefined;
  session?: NamedSession | undefined;
  /** The trace that the request belongs to. */
  trace?: TraceContext | undefined;
  /** The request and its reply, for simulated agents. Undefined: the server has none. */
  exchange?: Exchange | undefined;
  /** Whether the key is an operator's: it may approve calls for a tenant that may not. Default: false. */
  isOperator?: boolean | undefined;
  /** Counts the request's body as in memory until disposed, even after the reply. Undefined for a small body. */
  holdBody?: (() => Disposable) | undefined;
}

/** A valid request. */
export interface Input<K extends OperationId> extends Caller {
  body: RequestBody<K>;
  path: PathParameters<K>;
  query: QueryParameters<K>;
  /** The header parameters of the contract. */
  header: HeaderParameters<K>;
  /** Whether the head of the stream was sent while the request waited. A refusal then has no status. */
  isHeadSent: () => boolean;
}

/** Returns the reply, or throws an ApiError. Never touches the socket. */
export type Handler<K extends OperationId> = (input: Input<K>) => Promise<Reply<K>>;

/** The handlers of all operations. A missing one is a compile error. */
export type Handlers = { [K in OperationId]: Handler<K> };
