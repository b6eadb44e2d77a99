import type { IncomingHttpHeaders } from 'node:http';
import type { ApiError } from '../../../errors/api-error.ts';
import type { AgentEvent, AgentRequest } from '../../agent-client.ts';
import { createAnswerTooLarge } from '../../answer-too-large.ts';
import { fromErrorResponse } from '../errors/from-error-response.ts';
import { isJsonLines, toJsonLines } from '../json-lines.ts';
import { type Refusal, readRefusal } from '../read-refusal.ts';
import type { UpstreamContext, UpstreamFormat } from '../upstream-format.ts';
import type { UpstreamLimits } from '../upstream-limits.ts';
import type { EventQueue } from './event-queue.ts';
import { CollectedBody, EventBody, type ResponseBody } from './response-body.ts';
import { SniffedBody } from './sniffed-body.ts';

interface Head {
  status: number;
  headers: IncomingHttpHeaders;
}

interface BodyOptions {
  format: UpstreamFormat;
  request: AgentRequest;
  context: UpstreamContext;
  limits: UpstreamLimits;
  /** Maximum size of an answer sent as one JSON document. */
  maxAnswerBytes: number;
  /** Called once the upstream has accepted the request. */
  accept(): EventQueue;
  refuse(error: ApiError, refusal?: Refusal): void;
}

/** Whether a status announces an answer. Some gateways send 201 or 202. */
export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Statuses of transient refusals: rate limits, overload, and proxies whose server is restarting. */
const retryableStatuses = new Set([429, 502, 503, 504, 529]);

/** Whether a refusal with this status is transient. */
export const isRetryable = (status: number): boolean => retryableStatuses.has(status);

/** Returns the reader for the body of an answer with this head. */
export function createBody(head: Head, options: BodyOptions): ResponseBody {
  if (!isSuccess(head.status)) return createErrorBody(head, options);
  const { format, request, context, limits, accept, refuse } = options;
  return new SniffedBody({
    mediaType: toMediaType(head.headers['content-type']),
    openStream: () => new EventBody(accept(), format.createStreamReader(request, context), limits.upstreamEventBytes),
    openDocument: () => createDocumentBody(options),
    refuse,
  });
}

function createDocumentBody(options: BodyOptions): ResponseBody {
  return new CollectedBody({
    maxBytes: options.maxAnswerBytes,
    tooLong: createAnswerTooLarge,
    onEnd: (text) => {
      const events = isJsonLines(text) ? readLines(text, options) : readDocument(text, options);
      const queue = options.accept();
      queue.push(events);
      queue.end();
    },
    onFail: (error) => options.refuse(error),
  });
}

const readDocument = (text: string, { format, request, context }: BodyOptions): AgentEvent[] =>
  format.readDocument(text, request, context);

/** Reads a stream that was sent as one JSON object a line (`application/x-ndjson`). */
function readLines(text: string, { format, request, context }: BodyOptions): AgentEvent[] {
  const reader = format.createStreamReader(request, context);
  const events = toJsonLines(text).flatMap((line) => reader.read(line, undefined));
  return reader.stage === 'done' ? events : [...events, ...reader.end()];
}

function createErrorBody(head: Head, { limits, refuse }: BodyOptions): ResponseBody {
  const refuseWith = (text: string) => refuse(fromErrorResponse({ ...head, text }), readRefusal(head.status, text));
  return new CollectedBody({
    maxBytes: limits.upstreamErrorBytes,
    tooLong: () => new Error('the error body is too long'),
    onEnd: refuseWith,
    // An incomplete body still has its status.
    onFail: (_error, text) => refuseWith(text),
  });
}

function toMediaType(header: string | undefined): string {
  return header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
