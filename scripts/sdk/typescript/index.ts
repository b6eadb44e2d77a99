export type { components, operations, paths } from './contract.ts';
export type { ClientOptions, ResumeOptions, TalariaClient } from './create-client.ts';
export { createClient } from './create-client.ts';
export type { ReconnectOptions } from './follow-response.ts';
export type { ClientErrorCode } from './talaria-error.ts';
export { TalariaError } from './talaria-error.ts';
export type { CallOptions, Input, OperationId, Reply, Schemas, StreamEvent, StreamOperationId } from './types.ts';
