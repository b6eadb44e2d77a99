import type { ResponsesTurn } from '../../agent/agent-client.ts';
import { toResponseItems } from '../../agent/request/to-response-items.ts';
import type { Schemas } from '../../contract/types.ts';
import { isSuperseded } from '../../items/kept-fields.ts';
import { type OpenSealed, readReasoning } from '../../items/open-sealed.ts';
import { defaultFormatName } from '../../items/to-format-echo.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest } from '../responses-deps.ts';
import { findCompaction } from './find-compaction.ts';
import { toSummaryMessage } from './to-summary-message.ts';

interface TurnSources {
  history: readonly StoredItem[];
  input: readonly StoredItem[];
  /** All tools, as the client sent them. */
  tools: readonly Schemas['Tool'][];
  /** How many messages the items stand for. */
  messages: number;
  open: OpenSealed;
}

/** Returns a turn for an agent that speaks the Responses API. Content that this server sealed is opened. */
export function toResponsesTurn(request: ResponseRequest, sources: TurnSources): ResponsesTurn {
  const { tools, messages, open } = sources;
  const history = sources.history.filter((item) => !isSuperseded(item));
  const input = sources.input.filter((item) => !isSuperseded(item));
  const all = [...history, ...input];
  const compaction = findCompaction(all, open);
  const start = compaction ? compaction.index + 1 : 0;
  const items = all.slice(start).map((item) => openReasoning(item, open));
  return {
    items: compaction
      ? [...toResponseItems([toSummaryMessage(compaction.summary), ...compaction.messages]), ...items]
      : items,
    newItems: Math.min(input.length, items.length),
    messages,
    tools,
    fields: toFields(request),
  };
}

/** Replaces the sealed content of reasoning by its text. Content of another server stays: it may be the agent's. */
function openReasoning(item: StoredItem, open: OpenSealed): Record<string, unknown> {
  const { encrypted_content: sealed, ...rest } = item;
  if (item['type'] !== 'reasoning' || typeof sealed !== 'string' || 'agent_encrypted' in item) return item;
  const text = readReasoning({ encrypted_content: sealed }, open, '');
  if (text === undefined) return item;
  return hasText(item) || text === '' ? rest : { ...rest, content: [{ type: 'reasoning_text', text }] };
}

const hasText = ({ summary, content }: Record<string, unknown>): boolean =>
  [summary, content].some((parts) => Array.isArray(parts) && parts.length > 0);

/** Returns the fields of a request that such an agent understands, and that `AgentRequest` lacks. */
function toFields(request: ResponseRequest): Record<string, unknown> {
  const { text } = request;
  return omitUndefined({
    include: request.include,
    reasoning: request.reasoning,
    text: text && { ...text, ...omitUndefined({ format: toFormat(text.format) }) },
    tool_choice: request.tool_choice,
    max_tool_calls: request.max_tool_calls,
    truncation: request.truncation,
    service_tier: request.service_tier,
    safety_identifier: request.safety_identifier,
    prompt_cache_key: request.prompt_cache_key,
    prompt_cache_retention: request.prompt_cache_retention,
    prompt_cache_options: request.prompt_cache_options,
    moderation: request.moderation,
    store: request.store,
  });
}

function toFormat(format: Schemas['TextSettings']['format']) {
  return format?.type === 'json_schema' ? { ...format, name: format.name ?? defaultFormatName } : format;
}
