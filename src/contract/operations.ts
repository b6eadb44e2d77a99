import type { OperationId, Operations } from './types.ts';

type JsonContent<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type StreamContent<T> = T extends { content: { 'text/event-stream': infer Event } } ? Event : never;

type BodyContent<K extends OperationId> = NonNullable<Operations[K]['requestBody']>;

/** A body that may be left out is an empty object when it was. */
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
/** The statuses that the operation answers with a JSON body of its own, errors excepted: those are thrown. */
export type ReplyStatus<K extends OperationId> = Extract<keyof Responses<K>, 200 | 503>;
export type ReplyBody<K extends OperationId, S extends ReplyStatus<K> = ReplyStatus<K>> = JsonContent<Responses<K>[S]>;
export type StreamEvent<K extends OperationId> = StreamContent<Responses<K>[Extract<keyof Responses<K>, 200>]>;

export interface JsonReply<Body> {
  kind: 'json';
  status: number;
  body: Body;
  headers?: Record<string, string>;
}

/** Batches travel whole: the events of one batch leave in one write. An empty one lets the head of the reply leave. */
export interface StreamReply<Event> {
  kind: 'stream';
  events: AsyncIterable<readonly Event[]>;
  headers?: Record<string, string>;
}

export type Reply<K extends OperationId> =
  | JsonReply<ReplyBody<K>>
  | ([StreamEvent<K>] extends [never] ? never : StreamReply<StreamEvent<K>>);

/** What is known of the caller. */
export interface Caller {
  /** The API key's owner; everything stored is scoped by it. */
  tenant: string;
  /** Aborts when nobody waits for the reply any more, or the server must stop. Its reason is an ApiError. */
  signal: AbortSignal;
  /** Names the request in log lines. */
  requestId?: string | undefined;
  /** Counts the request's body as held until it is disposed, beyond the reply; absent for a small body. */
  holdBody?: (() => Disposable) | undefined;
}

/** A request that has passed validation. */
export interface Input<K extends OperationId> extends Caller {
  body: RequestBody<K>;
  path: PathParameters<K>;
  query: QueryParameters<K>;
  /** Those that the contract names. */
  header: HeaderParameters<K>;
}

/** Returns the reply, or throws an ApiError. Never touches the socket. */
export type Handler<K extends OperationId> = (input: Input<K>) => Promise<Reply<K>>;

/** One handler for each operation of the contract: a missing one does not compile. */
export type Handlers = { [K in OperationId]: Handler<K> };
