import { isObject } from '../../json/is-object.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { BodyForm, Fields } from './body-form.ts';
import { toChatMessages } from './chat-messages.ts';
import { toNestedChoice, toNestedTool } from './common-tool.ts';
import { mapList, readFields, toObject } from './values.ts';

const stateless = 'Chat Completions keeps no state: send the whole conversation in';

/** How the bodies of Chat Completions are read. */
export const chatForm: BodyForm = {
  adopt(body) {
    if (isMissing(body['messages']) && !isMissing(body['input'])) return fromResponses(body);
    const adopted = isMissing(body['response_format']) ? body : adoptSchema(body);
    return isMissing(body['reasoning']) ? adopted : adoptReasoning(adopted);
  },
  moved: {
    input: "In Chat Completions, it is named 'messages'.",
    instructions: "In Chat Completions, send a message with the role 'system' in 'messages'.",
    max_output_tokens: "In Chat Completions, it is named 'max_completion_tokens'.",
    text: "In Chat Completions, use 'response_format' and 'verbosity'.",
    previous_response_id: `${stateless} 'messages', or use POST /v1/responses.`,
    conversation: `${stateless} 'messages', or use POST /v1/responses.`,
    background: 'Chat Completions has no background mode: use POST /v1/responses.',
  },
  rewrite: (body) =>
    readFields(body, {
      messages: (messages) => (Array.isArray(messages) ? toChatMessages(messages) : messages),
      tools: (tools) => mapList(tools, toNestedTool),
      tool_choice: toNestedChoice,
      response_format: (format) => (isObject(format) ? toNestedFormat(format) : format),
      metadata: toObject,
      logit_bias: toObject,
    }),
};

const isMissing = (value: unknown): boolean => value === undefined || value === null;

/** Returns a body of the Responses API, which some editors post here, in the form of this one. */
function fromResponses({ messages: _messages, input, instructions, max_output_tokens, text, ...body }: Fields): Fields {
  const system = instructions ? [{ role: 'system', content: instructions }] : [];
  return adoptReasoning({
    ...body,
    messages: [...system, ...toChatMessages(toElements(input))],
    ...omitUndefined({ max_completion_tokens: max_output_tokens }),
    ...(isObject(text) ? fromTextSettings(text) : {}),
  });
}

/** Text, alone or in the list, is a message of the user. */
function toElements(input: unknown): unknown[] {
  const elements = Array.isArray(input) ? input : [input];
  return elements.map((element) => (typeof element === 'string' ? { role: 'user', content: element } : element));
}

function fromTextSettings({ format, verbosity }: Fields): Fields {
  return omitUndefined({ response_format: isObject(format) ? toNestedFormat(format) : format, verbosity });
}

/** A schema may lack its wrapper, the wrapper its name. */
function toNestedFormat({ type, ...format }: Fields): Fields {
  // Without a schema, it would accept any JSON.
  if (type !== 'json_schema' || Object.keys(format).length === 0) return { type, ...format };
  const nested = isObject(format['json_schema']) ? format['json_schema'] : format;
  const isBare = nested['schema'] === undefined && nested['name'] === undefined && nested['type'] === 'object';
  return { type, json_schema: { name: 'response', ...(isBare ? { schema: nested } : nested) } };
}

/** Model servers take a schema for `json_object` too. Ignoring it would change the answer silently. */
function adoptSchema({ response_format: format, ...body }: Fields): Fields {
  const isSchema = isObject(format) && format['type'] === 'json_object' && isObject(format['schema']);
  return { ...body, response_format: isSchema ? toNestedFormat({ ...format, type: 'json_schema' }) : format };
}

const responsesReasoning = new Set(['effort', 'summary', 'generate_summary', 'context', 'mode']);

/** Reads the `reasoning` of the Responses API. One with other fields is a provider's own setting, and stays. */
function adoptReasoning({ reasoning, ...body }: Fields): Fields {
  if (!isObject(reasoning) || !Object.keys(reasoning).every((name) => responsesReasoning.has(name))) {
    return isMissing(reasoning) ? body : { ...body, reasoning };
  }
  return { ...omitUndefined({ reasoning_effort: reasoning['effort'] }), ...body };
}
