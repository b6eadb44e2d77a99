import { serializeBody } from '../serialize-body.ts';
import { isContextError } from '../upstream/errors/is-context-error.ts';
import { asksForPlain, isAboutPlain, namesStreams, streamsOnly } from '../upstream/plain-answers.ts';
import type { Refusal } from '../upstream/read-refusal.ts';
import type { UpstreamFormat } from '../upstream/upstream-format.ts';
import { parseEvent } from './parse-event.ts';
import { ResponseEventReader } from './read-response-event.ts';
import { ResponseStreamReader } from './read-response-stream.ts';
import { toReaderOptions } from './reader-options.ts';
import { toResponseRequest } from './to-response-request.ts';

/** OpenAI's Responses API. Items and events of kinds that this server does not know pass as they are. */
export const responsesFormat: UpstreamFormat = {
  path: 'responses',
  toBody: (...sources) => Buffer.from(serializeBody(toResponseRequest(...sources))),
  learn: (refusal, sent) => (asksForPlain(sent) && asksForStream(refusal) ? streamsOnly : undefined),
  createStreamReader: (request, context) => new ResponseStreamReader(toReaderOptions(request, context)),
  readDocument: (text, request, context) =>
    new ResponseEventReader(toReaderOptions(request, context)).readDocument(parseEvent(text)),
};

const asksForStream = (refusal: Refusal): boolean =>
  !isContextError(refusal.text) && (isAboutPlain(refusal) || namesStreams(refusal));
