import type { StructuredOutputs, UpstreamSettings } from '../../config/upstream-settings.ts';
import type { AgentRequest } from '../agent-client.ts';
import type { UpstreamContext } from '../upstream/upstream-format.ts';

/** How one upstream and model take a request: the agent's settings, and what refusals taught. */
export interface ChatDialect {
  /** The agent's name, to which its own provider data is sent back. */
  agent: string;
  systemRole: UpstreamSettings['systemRole'];
  reasoningField: 'reasoning_content' | 'reasoning' | 'none';
  /** For the format of the request. */
  structuredOutputs: StructuredOutputs;
  /** Whether every answer with calls needs reasoning, even if none is known. */
  needsReasoning: boolean;
  /** Whether roles must alternate, beginning and ending with the user. */
  needsTurns: boolean;
  /** Whether an answer without text has an empty text instead of null. */
  refusesNull: boolean;
  /** Whether every message needs a text. */
  refusesEmpty: boolean;
  /** Whether texts must be strings, not lists of parts. */
  refusesParts: boolean;
  /** Whether the ids of calls must have nine letters and digits. */
  refusesLongIds: boolean;
  refusesNames: boolean;
  refusesStrict: boolean;
  refusesProviderData: boolean;
  /** Returns the name of the field for the maximum of tokens, given the preferred one. */
  toMaxTokensField(preferred: MaxTokensField): MaxTokensField;
  /** Whether the upstream refuses this field of the body. */
  refuses(field: string): boolean;
}

type MaxTokensField = 'max_tokens' | 'max_completion_tokens';

/** Returns the dialect for a request. A configured value wins; without one, what was learned. */
export function toChatDialect(request: AgentRequest, model: string, context: UpstreamContext): ChatDialect {
  const { agent, settings, learned } = context;
  const refuses = (what: string): boolean => learned.isRefused(what, model);
  const needsReasoning = refuses('missing reasoning_content');
  return {
    agent,
    systemRole: learned.nameOf(settings.systemRole, model) as ChatDialect['systemRole'],
    reasoningField: needsReasoning ? 'reasoning_content' : toReasoningField(context, model),
    structuredOutputs: toStructuredOutputs(request, settings.structuredOutputs, refuses),
    needsReasoning,
    needsTurns: refuses('roles in this order'),
    refusesNull: refuses('null content'),
    refusesEmpty: refuses('empty content'),
    refusesParts: refuses('content parts'),
    refusesLongIds: refuses('long call ids'),
    refusesNames: refuses('name'),
    refusesStrict: refuses('strict'),
    refusesProviderData: refuses('provider data'),
    toMaxTokensField: (preferred) => settings.maxTokensField ?? (learned.nameOf(preferred, model) as MaxTokensField),
    refuses,
  };
}

/** `reasoning_content` until the upstream has sent its thoughts under another name, or refused them. */
function toReasoningField({ settings, learned }: UpstreamContext, model: string): ChatDialect['reasoningField'] {
  if (settings.reasoningField !== undefined) return settings.reasoningField;
  const field = learned.nameOf('reasoning_content', model) as 'reasoning_content' | 'reasoning';
  return learned.isRefused(field, model) ? 'none' : field;
}

/** The upstream's own enforcement as far as it goes. */
function toStructuredOutputs(
  { format, tools }: AgentRequest,
  configured: StructuredOutputs | undefined,
  refuses: (what: string) => boolean,
): StructuredOutputs {
  const refusesAll = refuses('response_format') || (tools.length > 0 && refuses('response_format with tools'));
  if (configured === 'prompt' || refusesAll) return 'prompt';
  const isNative = configured !== 'json_object' && format?.type === 'json_schema' && !refuses('json_schema');
  if (isNative) return 'native';
  return refuses('json_object') ? 'prompt' : 'json_object';
}
