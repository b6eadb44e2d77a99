import { isObject } from '../../json/is-object.ts';
import type { BodyForm, Fields } from './body-form.ts';
import { toFlatChoice, toFlatTool } from './common-tool.ts';
import { toResponseItems } from './response-items.ts';
import { mapList, readFields, toObject } from './values.ts';

const inResponses = (place: string): string => `In the Responses API, this parameter has moved to '${place}'.`;

/** How the bodies of the Responses API are read. */
export const responsesForm: BodyForm = {
  moved: {
    messages: inResponses('input'),
    response_format: inResponses('text.format'),
    max_tokens: inResponses('max_output_tokens'),
    max_completion_tokens: inResponses('max_output_tokens'),
    reasoning_effort: inResponses('reasoning.effort'),
    verbosity: inResponses('text.verbosity'),
    functions: inResponses('tools'),
    function_call: inResponses('tool_choice'),
  },
  rewrite({ max_output_tokens: limit, ...body }) {
    const rewritten = readFields(body, {
      input: toItemList,
      tools: (tools) => mapList(tools, toFlatTool),
      tool_choice: toFlatChoice,
      text: (text) => (isObject(text) ? toFlatText(text) : toObject(text)),
      include: (include) => (typeof include === 'string' ? [include] : include),
      metadata: toObject,
    });
    // Local servers take a negative number for no limit.
    const isUnlimited = limit === undefined || (typeof limit === 'number' && limit < 0);
    return isUnlimited ? rewritten : { ...rewritten, max_output_tokens: limit };
  },
};

/** How the items that a client adds to a conversation are read. */
export const itemsForm: BodyForm = {
  moved: { messages: "In conversations, it is named 'items'." },
  rewrite: (body) => readFields(body, { items: toItemList, metadata: toObject }),
};

/** One item may stand without a list. */
function toItemList(items: unknown): unknown {
  const list = isObject(items) ? [items] : items;
  return Array.isArray(list) ? toResponseItems(list) : list;
}

/** A schema format may be nested as in Chat Completions. */
function toFlatText(text: Fields): Fields {
  const { format } = text;
  if (!isObject(format) || !isObject(format['json_schema'])) return text;
  const { json_schema: nested, ...rest } = format;
  return { ...text, format: { ...rest, ...nested } };
}
