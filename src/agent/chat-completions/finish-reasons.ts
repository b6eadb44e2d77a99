import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import type { AgentEndReason } from '../agent-client.ts';

/** `failure`: the answer is not whole, and the upstream does not say that a limit or a filter cut it. */
export type FinishReason = Exclude<AgentEndReason, 'incomplete'> | 'failure';

/**
 * What the finish reasons of chat upstreams mean, in lower case with underscores. A reason that is not listed fails the
 * run: half an answer must not pass as a whole one.
 */
const meanings: readonly [FinishReason, readonly string[]][] = [
  // OpenAI and most others.
  ['stop', ['stop']],
  ['length', ['length']],
  ['content-filter', ['content_filter']],
  ['tool-calls', ['tool_calls', 'function_call']],
  // Text Generation Inference and Together.
  ['stop', ['eos', 'eos_token']],
  // Anthropic and Bedrock behind gateways.
  ['stop', ['end_turn', 'stop_sequence']],
  ['length', ['max_tokens', 'model_context_window_exceeded']],
  ['tool-calls', ['tool_use']],
  ['content-filter', ['refusal', 'guardrail_intervened', 'content_filtered']],
  // Gemini and Vertex AI.
  ['content-filter', ['safety', 'recitation', 'blocklist', 'prohibited_content', 'spii', 'language', 'image_safety']],
  ['failure', ['malformed_function_call', 'unexpected_tool_call', 'other', 'finish_reason_unspecified']],
  // Mistral.
  ['length', ['model_length']],
  ['failure', ['error']],
  // Cohere.
  ['stop', ['complete', 'completed']],
  ['length', ['error_limit']],
  ['content-filter', ['error_toxic']],
  ['tool-calls', ['tool_call']],
  // DeepSeek.
  ['failure', ['insufficient_system_resource']],
  // Zhipu and Moonshot.
  ['content-filter', ['sensitive']],
  ['failure', ['network_error', 'engine_overloaded']],
  // MiniMax.
  ['content-filter', ['input_sensitive', 'output_sensitive']],
  // llama.cpp, LM Studio, koboldcpp and Ollama in their own words.
  ['stop', ['stop_word', 'stop_token', 'eos_token_found', 'eosfound', 'stopstringfound', 'word', 'done', 'finished']],
  ['length', ['limit', 'max_length', 'max_new_tokens', 'max_output_tokens', 'max_completion_tokens']],
  ['length', ['length_limit', 'token_limit', 'maxpredictedtokensreached', 'contextlengthreached', 'context_length']],
  ['failure', ['unload', 'userstopped', 'modelunloaded', 'failed']],
  // vLLM, SGLang and TensorRT-LLM.
  ['failure', ['abort', 'aborted', 'cancelled', 'canceled', 'timeout', 'timed_out', 'repetition']],
  ['tool-calls', ['tool', 'tools', 'function', 'function_calls']],
  // OpenAI-compatible gateways.
  ['failure', ['server_error', 'internal_error', 'overloaded', 'rate_limit', 'interrupted', 'disconnect']],
  ['content-filter', ['filtered', 'blocked', 'moderation', 'content_policy', 'content_policy_violation']],
];

const byReason: ReadonlyMap<string, FinishReason> = new Map(
  meanings.flatMap(([meaning, reasons]) => reasons.map((reason): [string, FinishReason] => [reason, meaning])),
);

/** Text that some upstreams send in every chunk until the answer ends. */
const unfinished: ReadonlySet<string> = new Set(['', 'null', 'none', 'undefined']);

/**
 * Returns what a finish reason means, `undefined` while the answer goes on. Throws `upstream_error` for a failure and
 * for an unknown reason.
 */
export function toEndReason(value: unknown): Exclude<FinishReason, 'failure'> | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  const reason = toText(value);
  const name = toName(reason);
  if (unfinished.has(name)) return undefined;
  const meaning = byReason.get(name);
  if (meaning !== undefined && meaning !== 'failure') return meaning;
  const kind = meaning === 'failure' ? 'finish reason' : 'unknown finish reason';
  throw new ApiError('upstream_error', `The agent ended its answer with the ${kind} '${cut(reason)}'.`);
}

/**
 * Returns what a finish reason means beside the reason of the provider itself, which OpenRouter and other gateways add.
 * The provider knows better when it says that the answer was cut, blocked or broken.
 */
export function toOwnEndReason(value: unknown, own: unknown): ReturnType<typeof toEndReason> {
  const reason = toEndReason(value);
  if (reason !== 'stop' || typeof own !== 'string') return reason;
  const meaning = byReason.get(toName(own));
  const isWorse = meaning === 'failure' || meaning === 'length' || meaning === 'content-filter';
  return isWorse ? toEndReason(own) : reason;
}

const toName = (reason: string): string =>
  reason
    .trim()
    .toLowerCase()
    .replace(/^(finish_?reason[._])(?!unspecified)/, '')
    .replaceAll(/[\s-]+/g, '_');

/** SGLang's own API names the reason in an object. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (isObject(value) && typeof value['type'] === 'string') return value['type'];
  return JSON.stringify(value) ?? '';
}

/** Longest reason that an error message quotes. Prevents an upstream from filling it. */
const quotedCharacters = 64;

const cut = (reason: string): string => reason.slice(0, quotedCharacters).toWellFormed();
