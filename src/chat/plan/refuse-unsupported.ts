import { ApiError } from '../../errors/api-error.ts';
import { type Refusals, refuseFields } from '../../errors/refuse-fields.ts';
import type { ChatRequest } from '../chat-deps.ts';
import type { ChatField } from './request-fields.ts';

const noAudio = 'Audio output is not supported by this server.';

const refusals: Refusals<ChatRequest, ChatField<'refused'>> = {
  audio: () => noAudio,
  modalities: (modalities) => (modalities.includes('audio') ? noAudio : undefined),
};

/** Throws an ApiError for a field or combination of fields that this server does not support. */
export function refuseUnsupported(request: ChatRequest): void {
  refuseFields(request, refusals);
  if (request.top_logprobs && !request.logprobs) {
    const message = "Invalid value for 'top_logprobs': it is only allowed when 'logprobs' is true.";
    throw new ApiError('invalid_value', message, { param: 'top_logprobs' });
  }
}
