import type { Lesson } from '../upstream/learned-fields.ts';
import { asksForPlain, isAboutPlain, namesStreams, streamsOnly } from '../upstream/plain-answers.ts';
import type { Refusal } from '../upstream/read-refusal.ts';
import type { ChatMessage, ChatRequest } from './chat-request.ts';
import {
  isAboutFormat,
  isAboutRole,
  isAboutTurns,
  isUnknownField,
  isUnsupported,
  isWrongValue,
  namesField,
  toWords,
} from './refusal-words.ts';

interface RefusalRule extends Lesson {
  /** Whether the request had what the rule changes. */
  applies(sent: ChatRequest): boolean;
  /** Whether the refusal is about that. */
  matches(refusal: Refusal, sent: ChatRequest): boolean;
}

/**
 * What refusals teach; the first rule that applies wins. A rule changes only what this server added, or what does not
 * change the meaning of the request: a temperature, a seed or a required tool is never dropped.
 */
export const refusalRules: readonly RefusalRule[] = [
  // Qwen's thinking models, Fireworks for long answers, gateways of subscriptions.
  { ...streamsOnly, applies: asksForPlain, matches: isAboutPlain },
  // Mistral, Azure with data sources, Databricks.
  {
    what: 'stream_options',
    applies: (sent) => sent.stream_options !== undefined,
    matches: (refusal) => namesField(refusal, 'stream_options') || namesField(refusal, 'include_usage'),
  },
  // OpenAI and Azure for reasoning models; Mistral and old servers for the newer name.
  forField('max_tokens', { name: 'max_completion_tokens', isOfModel: true }),
  forField('max_completion_tokens', { name: 'max_tokens', isOfModel: true }),
  // DeepSeek and Kimi require the thoughts of calls; Groq and Cerebras refuse the field.
  {
    what: 'missing reasoning_content',
    isOfModel: true,
    applies: (sent) => toAnswers(sent).some((answer) => !answer.reasoning_content),
    matches: ({ text }) =>
      /reasoning_content\W.*(missing|required|must be (passed|provided|included))|missing\W.*reasoning_content/is.test(
        text,
      ),
  },
  forReasoning('reasoning_content'),
  forReasoning('reasoning'),
  // A client may send back what another provider attached to a call.
  {
    what: 'provider data',
    isOfModel: true,
    applies: () => true,
    matches: (refusal, sent) =>
      isUnsupported(refusal) && listProviderFields(sent).some((field) => namesField(refusal, field)),
  },
  // Gemini and Groq take tools or a format.
  {
    what: 'response_format with tools',
    isOfModel: true,
    applies: (sent) => sent.response_format !== undefined && sent.tools !== undefined,
    matches: (refusal) => isAboutFormat(refusal) && isUnsupported(refusal) && /tool|function/i.test(refusal.text),
  },
  // DeepSeek, Groq and others take `json_object` alone, LM Studio `json_schema` alone.
  forFormat('json_schema'),
  forFormat('json_object'),
  {
    what: 'response_format',
    isOfModel: true,
    applies: (sent) => sent.response_format !== undefined,
    matches: (refusal) => isAboutFormat(refusal) && isUnknownField(refusal),
  },
  // These name roles, so they come before the fields `user` and `name`.
  { what: 'roles in this order', isOfModel: true, applies: () => true, matches: isAboutTurns },
  // Gemma has no system role, and o1-mini neither of the two; older servers do not know `developer`.
  forRole('developer', 'system'),
  forRole('system', 'user'),
  forField('parallel_tool_calls', { isOfModel: true }),
  forField('reasoning_effort', { isOfModel: true }),
  forField('verbosity', { isOfModel: true }),
  forField('user'),
  {
    what: 'strict',
    applies: (sent) => sent.tools?.some((tool) => tool.function.strict !== undefined) ?? false,
    matches: (refusal) => namesField(refusal, 'strict') && isUnsupported(refusal),
  },
  {
    what: 'name',
    applies: (sent) => sent.messages.some((message) => 'name' in message && message.name !== undefined),
    matches: (refusal) => namesField(refusal, 'name') && /message/i.test(toWords(refusal)) && isUnsupported(refusal),
  },
  // Mistral: nine letters and digits. OpenAI: at most 40 characters.
  {
    what: 'long call ids',
    applies: (sent) => sent.messages.some(({ role }) => role === 'tool'),
    matches: (refusal) =>
      /tool.?call.?id|tool_calls\b.*\bid\b/is.test(toWords(refusal)) &&
      /length|too long|must be a-z|characters|pattern/i.test(refusal.text),
  },
  {
    what: 'null content',
    applies: (sent) => sent.messages.some(({ content }) => content === null),
    matches: (refusal) => namesContent(refusal) && /null|none\b|string|required|missing/i.test(refusal.text),
  },
  {
    what: 'content parts',
    isOfModel: true,
    applies: (sent) => sent.messages.some(({ content }) => isTexts(content)),
    matches: (refusal) => namesContent(refusal) && /string|sequence|list|array/i.test(refusal.text),
  },
  {
    what: 'empty content',
    applies: (sent) => sent.messages.some(({ content }) => !content?.length),
    matches: ({ text }) =>
      /(must|can|should|may) ?not be (empty|blank)|non-?empty|empty content|must have either content/i.test(text),
  },
  // Any other wording. Last, since a refusal of a field may mention streams too.
  { ...streamsOnly, applies: asksForPlain, matches: namesStreams },
];

/** A rule for a field that is dropped or renamed if the upstream does not support it. */
function forField(what: keyof ChatRequest, options: Pick<Lesson, 'name' | 'isOfModel'> = {}): RefusalRule {
  return {
    what,
    ...options,
    applies: (sent) => sent[what] !== undefined,
    matches: (refusal) => namesField(refusal, what) && isUnsupported(refusal),
  };
}

/** A rule for the field of an answer that carries its thoughts. */
function forReasoning(what: 'reasoning_content' | 'reasoning'): RefusalRule {
  return {
    what,
    applies: (sent) => toAnswers(sent).some((answer) => answer[what] !== undefined),
    matches: (refusal) => namesField(refusal, what) && isUnsupported(refusal),
  };
}

/** A rule for a type of `response_format`. */
function forFormat(what: 'json_schema' | 'json_object'): RefusalRule {
  return {
    what,
    isOfModel: true,
    applies: (sent) => sent.response_format?.type === what,
    matches: (refusal) =>
      isAboutFormat(refusal) && !isUnknownField(refusal) && (isUnsupported(refusal) || isWrongType(refusal)),
  };
}

/** A rule for the role of the instructions. */
function forRole(what: 'system' | 'developer', name: ChatMessage['role']): RefusalRule {
  return {
    what,
    name,
    isOfModel: true,
    applies: (sent) => sent.messages[0]?.role === what,
    matches: (refusal) => isAboutRole(refusal, what),
  };
}

const ownFields = new Set(['role', 'content', 'reasoning_content', 'reasoning', 'tool_calls', 'name']);
const ownCallFields = new Set(['id', 'type', 'function']);

/** Lists the fields of answers and calls that a provider attached. */
function listProviderFields(sent: ChatRequest): string[] {
  return toAnswers(sent).flatMap((answer) => [
    ...Object.keys(answer).filter((field) => !ownFields.has(field)),
    ...(answer.tool_calls ?? []).flatMap((call) => Object.keys(call).filter((field) => !ownCallFields.has(field))),
  ]);
}

const toAnswers = ({ messages }: ChatRequest) => messages.flatMap((found) => (found.role === 'assistant' ? found : []));

/** Whether another type of the format is accepted. An error in the client's schema concerns the client. */
const isWrongType = (refusal: Refusal): boolean =>
  isWrongValue(refusal) && !/invalid schema|\bin context\b/i.test(refusal.text);

const namesContent = ({ path, text }: Refusal): boolean => path.has('content') || /\bcontent\b/i.test(text);

const isTexts = (content: ChatMessage['content']): boolean =>
  Array.isArray(content) && content.every((part) => part.type === 'text');
