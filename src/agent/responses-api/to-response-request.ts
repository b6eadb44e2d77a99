import type { StructuredOutputs } from '../../config/upstream-settings.ts';
import { withExactNumbers } from '../../json/exact-numbers.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentTool } from '../../tools/agent-tool.ts';
import type { AgentRequest, AgentSettings, ResponsesTurn } from '../agent-client.ts';
import { describeIn, takesFormat } from '../describe-format.ts';
import { type Fields, toFields } from '../fields.ts';
import { toResponseItems } from '../request/to-response-items.ts';
import { isStreamed } from '../upstream/is-streamed.ts';
import type { UpstreamContext } from '../upstream/upstream-format.ts';
import { isStoredUpstream, readAgentState } from './agent-state.ts';
import { isCall, isOutput } from './past-items.ts';
import { pairCalls, toUpstreamItems } from './to-upstream-items.ts';

/** Returns the body of a request for a response. */
export function toResponseRequest(request: AgentRequest, model: string, context: UpstreamContext): object {
  const { agent, settings, learned } = context;
  const turn = request.responses?.();
  const store = isStoredUpstream(turn, context);
  const previous = turn && store ? toPrevious(turn, readAgentState(request.agentState, agent)) : undefined;
  const body: Fields = {
    ...pick(request.extraFields ?? {}, settings.passFields),
    ...(turn ? toTurnFields(turn) : toChatFields(request)),
    ...omitUndefined(toShared(request)),
    model,
    input: toInput(request, turn, { agent, isContinued: previous !== undefined }),
    ...omitUndefined({ previous_response_id: previous }),
    stream: isStreamed(request, model, context),
    store,
    ...settings.extraBody,
  };
  const { format } = request;
  const structuredOutputs = settings.structuredOutputs ?? 'native';
  if (format && !takesFormat(format, structuredOutputs)) {
    body['instructions'] = describeIn(request.instructions, format);
    body['text'] = toTextField(body['text'], structuredOutputs);
  }
  // Without the encrypted content, the upstream forgets its reasoning.
  if (!store) body['include'] = withEncrypted(body['include']);
  for (const name of Object.keys(body)) {
    if (settings.omitFields.includes(name) || learned.isRefused(name)) delete body[name];
  }
  return body;
}

/** Returns the response to continue, unless a call in the history has no output: only the whole history has one then. */
function toPrevious({ items, newItems }: ResponsesTurn, response: string | undefined): string | undefined {
  if (response === undefined) return undefined;
  const outputs = new Set(items.filter(isOutput).map(({ call_id: id }) => id));
  const past = items.slice(0, items.length - newItems);
  return past.every((item) => !isCall(item) || outputs.has(item['call_id'])) ? response : undefined;
}

interface InputOptions {
  agent: string;
  /** Whether the upstream has the history. */
  isContinued: boolean;
}

function toInput(request: AgentRequest, turn: ResponsesTurn | undefined, { agent, isContinued }: InputOptions) {
  if (!turn) return pairCalls(toUpstreamItems(toResponseItems(request.messages), agent));
  const added = toResponseItems(request.messages.slice(turn.messages));
  const items = isContinued ? turn.items.slice(turn.items.length - turn.newItems) : pairCalls(turn.items);
  return toUpstreamItems([...items, ...added], agent);
}

/** Returns the fields of the client's request, which this API has too. */
function toTurnFields({ tools, fields }: ResponsesTurn): Fields {
  return withExactNumbers({ ...fields, ...(tools.length > 0 ? { tools } : {}) });
}

/** Returns the same fields for a request of Chat Completions. */
function toChatFields({ tools, toolChoice, format, settings }: AgentRequest): Fields {
  const { reasoningEffort: effort, verbosity, topLogprobs } = settings;
  const text = { ...omitUndefined({ format, verbosity }) };
  return {
    ...(tools.length > 0 ? { tools: tools.map(toTool) } : {}),
    ...(tools.length > 0 || toolChoice === 'none' ? { tool_choice: toChoice(toolChoice) } : {}),
    ...(effort === undefined ? {} : { reasoning: { effort } }),
    ...(Object.keys(text).length > 0 ? { text } : {}),
    ...(topLogprobs === undefined ? {} : { include: ['message.output_text.logprobs'] }),
  };
}

/** Returns `text` for an upstream whose instructions describe the format. */
function toTextField(text: unknown, structuredOutputs: StructuredOutputs): Fields | undefined {
  const { format, ...rest } = toFields(text);
  const fields = { ...rest, ...(structuredOutputs === 'json_object' ? { format: { type: 'json_object' } } : {}) };
  return Object.keys(fields).length > 0 ? fields : undefined;
}

function toShared({ instructions, parallelToolCalls, settings }: AgentRequest) {
  return { instructions, parallel_tool_calls: parallelToolCalls, ...toSampling(settings) };
}

function toSampling(settings: AgentSettings) {
  return {
    temperature: settings.temperature,
    top_p: settings.topP,
    presence_penalty: settings.presencePenalty,
    frequency_penalty: settings.frequencyPenalty,
    // Some clients send 0 or -1 for no limit.
    max_output_tokens: (settings.maxOutputTokens ?? 0) > 0 ? settings.maxOutputTokens : undefined,
    // Without a number of alternatives, `include` asks for the chosen tokens alone.
    top_logprobs: settings.topLogprobs || undefined,
    user: settings.user,
  };
}

function toTool({ name, description, parameters, strict }: AgentTool): Fields {
  const schema = parameters ?? { type: 'object', properties: {} };
  return { type: 'function', name, ...omitUndefined({ description }), parameters: schema, strict: strict ?? false };
}

function toChoice(choice: AgentRequest['toolChoice']): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', name: choice.name };
}

const encrypted = 'reasoning.encrypted_content';

function withEncrypted(include: unknown): unknown[] {
  const list: unknown[] = Array.isArray(include) ? include : [];
  return list.includes(encrypted) ? list : [...list, encrypted];
}

function pick(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, fields[name]]));
}
