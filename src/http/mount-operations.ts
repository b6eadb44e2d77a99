import type { Request, RequestHandler, Response, Router } from 'express';
import type { Access, ContractOperation, HeaderParameter } from '../contract/load-contract.ts';
import type { Handler, Handlers, Reply, StreamReply } from '../contract/operations.ts';
import { readHeaders } from '../contract/read-headers.ts';
import type { OperationId } from '../contract/types.ts';
import type { CheckOutput } from '../contract/validate-output.ts';
import type { Validate } from '../contract/validate-requests.ts';
import { ApiError } from '../errors/api-error.ts';
import { methodNotAllowed } from '../errors/method-not-allowed.ts';
import { createExchange } from './faults/create-exchange.ts';
import { readStreamWish } from './read-stream-wish.ts';
import { createRequestSignal, type RequestSignal } from './request-signal.ts';
import { sendJson, sendStream } from './send-reply.ts';

export interface RouteOptions {
  operations: ContractOperation[];
  handlers: Handlers;
  /** The middleware that admits the senders of an operation. */
  admit: Record<Access, readonly RequestHandler[]>;
  readBody: RequestHandler;
  /** Handlers that run once the body is read. */
  afterBody: readonly RequestHandler[];
  /** Whether an agent is simulated: it reads requests and disturbs replies. Default: false. */
  simulates?: boolean | undefined;
  validate: Validate;
  /** Aborts when the server stops: running requests must end. */
  shutdown: AbortSignal;
  keepAliveMs: number;
  stallMs: number;
  /** Undefined: output is not checked. */
  checkOutput: CheckOutput | undefined;
}

/** An operation with its handlers, in order. The last one replies. */
export interface Route {
  operation: ContractOperation;
  handlers: readonly RequestHandler[];
}

/** Returns the operations of the contract, each with only the middleware it needs. */
export function createRoutes(options: RouteOptions): Route[] {
  const requestSignal = createRequestSignal(options.shutdown);
  return options.operations.map((operation) => ({
    operation,
    handlers: [
      nameOperation(operation),
      ...options.admit[operation.access],
      ...toBodyReaders(operation, options.readBody),
      ...options.afterBody,
      ...options.validate(operation),
      runOperation(operation, options, requestSignal),
    ],
  }));
}

/**
 * Mounts each operation at its path. A path is complete, refusals of other methods included, before the next one: a
 * fixed path wins over a template that also matches it.
 */
export function mountOperations(router: Router, routes: readonly Route[]): void {
  for (const [path, group] of Map.groupBy(routes, ({ operation }) => operation.path)) {
    for (const { operation, handlers } of group) router[operation.method](toExpressPath(path), ...handlers);
    router.all(toExpressPath(path), refuseMethod(group.map(({ operation }) => operation)));
  }
}

/** Names the operation for those that watch the request. It may be refused before it runs. */
function nameOperation(operation: ContractOperation): RequestHandler {
  return (_request, response, next) => {
    response.locals.operation = operation;
    next();
  };
}

function toBodyReaders(operation: ContractOperation, readBody: RequestHandler): RequestHandler[] {
  if (operation.hasBody) return [operation.bodyOptional ? readIfSent(readBody) : readBody];
  return operation.streams ? [readIfSent(readStreamWish(readBody))] : [];
}

/** Reads an optional body. An omitted body becomes an empty object. */
function readIfSent(readBody: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    if (encoding !== undefined || length !== '0') {
      readBody(request, response, next);
      return;
    }
    request.body = {};
    next();
  };
}

const toExpressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

function runOperation(
  operation: ContractOperation,
  options: RouteOptions,
  requestSignal: RequestSignal,
): RequestHandler {
  const { operationId, headers } = operation;
  const { keepAliveMs, stallMs, checkOutput } = options;
  // `Handlers` pairs each handler with its operation. The compiler cannot follow the pairs through a loop.
  const handler = options.handlers[operationId] as Handler<OperationId>;
  return async (request, response) => {
    const signal = requestSignal(response);
    response.locals.bodySlot?.finishReading();
    // The client may disconnect before a detached run has its own hold.
    using _held = response.locals.bodySlot?.hold();
    if (options.simulates) response.locals.exchange = createExchange(request, response, operation.path);
    try {
      signal.throwIfAborted();
      // Validation has established the input's type.
      const pending = handler(toInput(request, response, { headers, signal }) as Parameters<typeof handler>[0]);
      if (wantsStream(operation, request)) {
        await sendStream(response, toStream(pending), { signal, keepAliveMs, stallMs, isImmediate: options.simulates });
        return;
      }
      const reply = await pending;
      if (reply.kind === 'stream') throw new Error(`${operationId} streams, although no stream was requested.`);
      checkOutput?.json(operationId, reply.status, reply.body);
      sendJson(response, reply, stallMs);
    } catch (error) {
      throw signal.aborted ? ApiError.from(signal.reason) : error;
    }
  };

  async function toStream(pending: Promise<Reply<OperationId>>): Promise<StreamReply<object>> {
    const reply = await pending;
    if (reply.kind === 'json') throw new Error(`${operationId} does not stream.`);
    return checkOutput ? { ...reply, events: checkOutput.stream(operationId, reply.events) } : reply;
  }
}

/** Whether a valid request asks for a stream: in its body, or in the query of an operation without one. */
function wantsStream({ streams, hasBody }: ContractOperation, { body, query }: Request): boolean {
  if (!streams) return false;
  const fields: { stream?: unknown } = hasBody ? body : query;
  return fields.stream === true;
}

interface InputContext {
  headers: readonly HeaderParameter[];
  signal: AbortSignal;
}

function toInput(request: Request, response: Response, { headers, signal }: InputContext) {
  return {
    body: request.body,
    path: request.params,
    query: request.query,
    header: readHeaders(request, headers),
    tenant: response.locals.tenant,
    isOperator: response.locals.isOperator,
    requestId: response.locals.requestId,
    trace: response.locals.trace,
    exchange: response.locals.exchange,
    signal,
    holdBody: response.locals.bodySlot?.hold,
    isHeadSent: () => response.headersSent,
  };
}

function refuseMethod(operations: ContractOperation[]): RequestHandler {
  const allow = operations.map((operation) => operation.method.toUpperCase()).join(', ');
  return (request, _response, next) => {
    next(methodNotAllowed(request.method, allow));
  };
}
