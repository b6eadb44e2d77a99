/** The wire format of the test upstream: OpenAI's chat completion, its chunks, its usage. */
import type { UpstreamRequest } from './upstream.ts';
import { toText, type UpstreamScript } from './upstream-script.ts';

export function toChunk({ body }: UpstreamRequest, delta: Record<string, unknown>, finishReason: string | null = null) {
  const content = body.logprobs === true && typeof delta['content'] === 'string' ? toLogprobs(delta['content']) : null;
  return {
    id: 'chatcmpl-up',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: body.model,
    choices: [{ index: 0, delta, logprobs: content && { content, refusal: null }, finish_reason: finishReason }],
  };
}

function toLogprobs(token: string) {
  const bytes = [...Buffer.from(token)];
  return [{ token, logprob: -0.5, bytes, top_logprobs: [{ token, logprob: -0.5, bytes }] }];
}

export function toCompletion(request: UpstreamRequest, script: UpstreamScript) {
  const joined = (field: string) => script.deltas.map((delta) => delta[field] ?? '').join('');
  const message = {
    role: 'assistant',
    content: joined('content') || null,
    ...(joined('reasoning_content') === '' ? {} : { reasoning_content: joined('reasoning_content') }),
    refusal: joined('refusal') || null,
    ...toWholeCalls(script),
  };
  return {
    id: 'chatcmpl-up',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: request.body.model,
    choices: [{ index: 0, message, logprobs: toWholeLogprobs(request, script), finish_reason: script.finishReason }],
    ...(script.usage ? { usage: toUsage(request, script) } : {}),
  };
}

function toWholeLogprobs({ body }: UpstreamRequest, { deltas }: UpstreamScript) {
  if (body.logprobs !== true) return null;
  const content = deltas.flatMap(({ content }) => (typeof content === 'string' ? toLogprobs(content) : []));
  return { content, refusal: null };
}

function toWholeCalls(script: UpstreamScript) {
  const calls: { id: string; type: 'function'; function: { name: string; arguments: string } }[] = [];
  for (const { tool_calls: pieces } of script.deltas) {
    if (!Array.isArray(pieces)) continue;
    const [piece] = pieces;
    if (piece.id !== undefined) calls.push({ id: piece.id, type: 'function', function: { ...piece.function } });
    else {
      const call = calls[piece.index];
      if (call !== undefined) call.function.arguments += piece.function.arguments;
    }
  }
  return calls.length === 0 ? {} : { tool_calls: calls };
}

/** Counts words as tokens, so that tests can predict them. */
export function toUsage({ body }: UpstreamRequest, script: UpstreamScript) {
  const words = body.messages.map((message: { content: unknown }) => toText(message.content)).join(' ');
  const input = words.split(/\s+/).filter(Boolean).length;
  const reasoning = script.deltas.filter((delta) => 'reasoning_content' in delta).length;
  return {
    prompt_tokens: input,
    completion_tokens: script.deltas.length,
    total_tokens: input + script.deltas.length,
    prompt_tokens_details: { cached_tokens: 1 },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}

export const toModel = (id: string) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'tests' });
