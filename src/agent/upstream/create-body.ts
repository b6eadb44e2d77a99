import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../../errors/api-error.ts';
import { createAnswerTooLarge } from '../answer-too-large.ts';
import { fromChatCompletion } from '../chat-completions/from-chat-completion.ts';
import type { EventQueue } from './event-queue.ts';
import { fromErrorResponse } from './from-error-response.ts';
import { CollectedBody, EventBody, type ResponseBody } from './response-body.ts';
import type { UpstreamLimits } from './upstream-limits.ts';

interface Head {
  status: number;
  headers: IncomingHttpHeaders;
}

interface BodyOptions {
  limits: UpstreamLimits;
  /** A completion that is not streamed, as JSON. */
  maxAnswerBytes: number;
  /** Called once the upstream has accepted. */
  accept(): EventQueue;
  refuse(error: ApiError): void;
}

/** Returns the reader of an answer's body, by its head. Throws `upstream_error` for an answer of another type. */
export function createBody(head: Head, options: BodyOptions): ResponseBody {
  if (head.status !== 200) return createErrorBody(head, options);
  const contentType = toMediaType(head.headers['content-type']);
  if (contentType === 'application/json') return createCompletionBody(options);
  // Some servers name no type at all.
  if (contentType === 'text/event-stream' || contentType === '') {
    return new EventBody(options.accept(), options.limits.upstreamEventBytes);
  }
  throw new ApiError('upstream_error', 'The agent answered with something other than an event stream.');
}

function createCompletionBody({ maxAnswerBytes, accept, refuse }: BodyOptions): ResponseBody {
  return new CollectedBody({
    maxBytes: maxAnswerBytes,
    tooLong: createAnswerTooLarge,
    onEnd: (text) => {
      const events = fromChatCompletion(text);
      const queue = accept();
      queue.push(events);
      queue.end();
    },
    onFail: refuse,
  });
}

function createErrorBody(head: Head, { limits, refuse }: BodyOptions): ResponseBody {
  const refuseWith = (text: string) => refuse(fromErrorResponse({ ...head, text }));
  // The status says enough when the body breaks off.
  return new CollectedBody({
    maxBytes: limits.upstreamErrorBytes,
    tooLong: () => new Error('the error is too long'),
    onEnd: refuseWith,
    onFail: (_error, text) => refuseWith(text),
  });
}

function toMediaType(header: string | undefined): string {
  return header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
