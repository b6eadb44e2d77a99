import type { UpstreamSettings } from '../../config/upstream-settings.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentTool } from '../../tools/agent-tool.ts';
import type { AgentOutputFormat, AgentRequest, AgentSettings, AgentToolChoice } from '../agent-client.ts';
import { describeIn, takesFormat } from '../describe-format.ts';
import { isStreamed } from '../upstream/is-streamed.ts';
import type { UpstreamContext } from '../upstream/upstream-format.ts';
import { adaptMessages } from './adapt-messages.ts';
import { type ChatDialect, toChatDialect } from './chat-dialect.ts';
import type { ChatMessage, ChatRequest, ChatResponseFormat, ChatTool } from './chat-request.ts';
import { repairNewest } from './repair-history.ts';
import { toChatMessages } from './to-chat-messages.ts';

/**
 * Returns the body of a request, streamed with usage or plain, in the dialect of the upstream, without the messages of
 * its `history`. Only settings that the client sent are included. Throws `unsupported_value` for a part that Chat
 * Completions cannot carry.
 */
export function toChatRequest(request: AgentRequest, model: string, context: UpstreamContext): ChatRequest {
  const dialect = toChatDialect(request, model, context);
  const body: ChatRequest = {
    model,
    messages: toMessages(request, dialect),
    ...(request.tools.length === 0 ? undefined : toToolFields(request, dialect)),
    response_format: request.format && toResponseFormat(request.format, dialect),
    ...toSettingFields(request.settings, dialect),
    ...toStreamFields(isStreamed(request, model, context), dialect),
  };
  return withOwnFields(body, request, context.settings);
}

function toStreamFields(isStreamed: boolean, { refuses }: ChatDialect): Pick<ChatRequest, 'stream' | 'stream_options'> {
  if (!isStreamed || refuses('stream_options')) return { stream: isStreamed };
  return { stream: true, stream_options: { include_usage: true } };
}

function toMessages(request: AgentRequest, dialect: ChatDialect): ChatMessage[] {
  const messages = repairNewest(request.messages, request.history?.openCalls ?? []);
  return adaptMessages(toChatMessages({ messages, ...toInstructions(request, dialect) }, dialect), dialect);
}

/** Adds the output format to the instructions if the upstream does not take its schema. */
export function toInstructions(
  { instructions, format }: AgentRequest,
  dialect: ChatDialect,
): { instructions?: string } {
  const described = format === undefined || takesFormat(format, dialect.structuredOutputs) ? undefined : format;
  return omitUndefined({ instructions: describeIn(instructions, described) });
}

/** Returns the fields of a request with tools. Upstreams refuse them in a request without tools. */
function toToolFields(
  { tools, toolChoice, parallelToolCalls }: AgentRequest,
  dialect: ChatDialect,
): Partial<ChatRequest> {
  return {
    tools: tools.map((tool) => toTool(tool, dialect)),
    tool_choice: toToolChoice(toolChoice),
    parallel_tool_calls: dialect.refuses('parallel_tool_calls') ? undefined : parallelToolCalls,
  };
}

function toTool({ name, description, parameters, strict }: AgentTool, { refusesStrict }: ChatDialect): ChatTool {
  // OpenAI lets `parameters` be omitted; other servers require it.
  const schema = parameters ?? { type: 'object', properties: {} };
  return {
    type: 'function',
    function: { name, description, parameters: schema, strict: refusesStrict ? undefined : strict },
  };
}

/** Omits `auto`: it is the default everywhere, and some upstreams do not support `tool_choice`. */
function toToolChoice(choice: AgentToolChoice): ChatRequest['tool_choice'] {
  if (choice === 'auto') return undefined;
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } };
}

function toResponseFormat(format: AgentOutputFormat, dialect: ChatDialect): ChatResponseFormat | undefined {
  if (dialect.structuredOutputs === 'prompt') return undefined;
  if (format.type === 'json_object' || dialect.structuredOutputs === 'json_object') return { type: 'json_object' };
  const { name, description, schema, strict } = format;
  const isStrict = dialect.refusesStrict ? undefined : strict;
  return { type: 'json_schema', json_schema: { name, description, schema, strict: isStrict } };
}

function toSettingFields(settings: AgentSettings, dialect: ChatDialect): Partial<ChatRequest> {
  const { refuses } = dialect;
  // All servers accept `max_tokens`, except for OpenAI's reasoning models, which require the other name.
  const byDefault = settings.reasoningEffort === undefined ? 'max_tokens' : 'max_completion_tokens';
  const maxTokensField = dialect.toMaxTokensField(settings.maxOutputTokensField ?? byDefault);
  return {
    temperature: settings.temperature,
    top_p: settings.topP,
    presence_penalty: settings.presencePenalty,
    frequency_penalty: settings.frequencyPenalty,
    [maxTokensField]: settings.maxOutputTokens,
    stop: settings.stop,
    seed: settings.seed,
    logit_bias: settings.logitBias,
    logprobs: settings.topLogprobs === undefined ? undefined : true,
    top_logprobs: settings.topLogprobs || undefined,
    reasoning_effort: refuses('reasoning_effort') ? undefined : settings.reasoningEffort,
    verbosity: refuses('verbosity') ? undefined : settings.verbosity,
    user: refuses('user') ? undefined : settings.user,
  };
}

/** Applies the agent's settings: unknown fields of the client that may pass, omitted fields, fixed fields. */
function withOwnFields(body: ChatRequest, { extraFields }: AgentRequest, settings: UpstreamSettings): ChatRequest {
  const passed = extraFields && pick(extraFields, settings.passFields);
  const fields: Record<string, unknown> & ChatRequest = { ...passed, ...body };
  for (const name of settings.omitFields) delete fields[name];
  return Object.assign(fields, settings.extraBody);
}

/** Returns the members with these names, or all for `*`. */
function pick(fields: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  if (names.includes('*')) return fields;
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(fields, name) ? [[name, fields[name]]] : [])));
}
