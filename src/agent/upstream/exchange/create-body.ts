import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../../../errors/api-error.ts';
import type { AgentRequest } from '../../agent-client.ts';
import { createAnswerTooLarge } from '../../answer-too-large.ts';
import { fromErrorResponse } from '../errors/from-error-response.ts';
import { type Refusal, readRefusal } from '../read-refusal.ts';
import type { UpstreamContext, UpstreamFormat } from '../upstream-format.ts';
import type { UpstreamLimits } from '../upstream-limits.ts';
import type { EventQueue } from './event-queue.ts';
import { CollectedBody, EventBody, type ResponseBody } from './response-body.ts';

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

/** Returns the reader for the body of an answer with this head. Throws `upstream_error` for an unknown media type. */
export function createBody(head: Head, options: BodyOptions): ResponseBody {
  if (head.status !== 200) return createErrorBody(head, options);
  const { format, request, context, limits, accept } = options;
  const mediaType = toMediaType(head.headers['content-type']);
  if (mediaType === 'application/json') return createDocumentBody(options);
  // Some servers omit the type.
  if (mediaType === 'text/event-stream' || mediaType === '') {
    return new EventBody(accept(), format.createStreamReader(request, context), limits.upstreamEventBytes);
  }
  throw new ApiError('upstream_error', 'The agent answered with something other than an event stream.');
}

function createDocumentBody({ format, request, context, maxAnswerBytes, accept, refuse }: BodyOptions): ResponseBody {
  return new CollectedBody({
    maxBytes: maxAnswerBytes,
    tooLong: createAnswerTooLarge,
    onEnd: (text) => {
      const events = format.readDocument(text, request, context);
      const queue = accept();
      queue.push(events);
      queue.end();
    },
    onFail: (error) => refuse(error),
  });
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
