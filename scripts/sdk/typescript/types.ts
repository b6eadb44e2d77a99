import type { components, operations } from './contract.ts';

/** Every named schema of the contract: `Schemas['ResponseResource']`. */
export type Schemas = components['schemas'];

/** Without the webhooks, whose ids begin with `on`: their receivers serve them. */
export type OperationId = Exclude<keyof operations, `on${string}`>;

type Responses<K extends OperationId> = operations[K]['responses'];
type JsonOf<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type EventOf<T> = T extends { content: { 'text/event-stream': infer Event } } ? Event : never;
type WithoutEnvelope<T> = T extends { type: string } ? T : T extends Schemas['ErrorResponse'] ? never : T;
type Success<K extends OperationId> = Responses<K>[Extract<keyof Responses<K>, 200>];

/** The JSON of an operation's successful reply. */
export type Reply<K extends OperationId> = JsonOf<Success<K>>;

/** One event of an operation's stream, including the type `error`. An error envelope in a stream is thrown instead. */
export type StreamEvent<K extends OperationId> = WithoutEnvelope<EventOf<Success<K>>>;

/** The operations that can stream. */
export type StreamOperationId = { [K in OperationId]: [StreamEvent<K>] extends [never] ? never : K }[OperationId];

type Body<K extends OperationId> = JsonOf<NonNullable<operations[K]['requestBody']>>;
type PathOf<K extends OperationId> = operations[K]['parameters'] extends { path: infer P } ? P : never;
type QueryOf<K extends OperationId> = operations[K]['parameters'] extends { query?: infer Q } ? NonNullable<Q> : never;

/** Omits `stream`, which the called method determines. */
type Unstreamed<T> = 'stream' extends keyof T ? Omit<T, 'stream'> : T;

type BodyInput<K extends OperationId> = [Body<K>] extends [never]
  ? object
  : operations[K] extends { requestBody: object }
    ? { body: Unstreamed<Body<K>> }
    : { body?: Unstreamed<Body<K>> };
type PathInput<K extends OperationId> = [PathOf<K>] extends [never] ? object : { path: PathOf<K> };
type QueryInput<K extends OperationId> = [QueryOf<K>] extends [never] ? object : { query?: Unstreamed<QueryOf<K>> };

export interface CallOptions {
  /** Cancels the request: the promise or the iteration rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  headers?: Record<string, string> | undefined;
}

/** The input of an operation. */
export type Input<K extends OperationId> = BodyInput<K> & PathInput<K> & QueryInput<K> & CallOptions;

/** The input is optional if the operation requires nothing. */
export type InputArguments<K extends OperationId> = object extends Input<K> ? [input?: Input<K>] : [input: Input<K>];
