import { isObject } from '../../json/is-object.ts';
import type { BodyForm, Fields } from './body-form.ts';
import { toFlatChoice, toFlatTool } from './common-tool.ts';
import { toResponseItems } from './response-items.ts';
import { mapList } from './values.ts';

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
  rewrite({ input, tools, tool_choice: choice, text, max_output_tokens: limit, ...body }) {
    return {
      ...body,
      ...(input === undefined ? {} : { input: Array.isArray(input) ? toResponseItems(input) : input }),
      ...(tools === undefined ? {} : { tools: mapList(tools, toFlatTool) }),
      ...(choice === undefined ? {} : { tool_choice: toFlatChoice(choice) }),
      ...(text === undefined ? {} : { text: isObject(text) ? toFlatText(text) : text }),
      // Local servers take a negative number for no limit.
      ...(limit === undefined || (typeof limit === 'number' && limit < 0) ? {} : { max_output_tokens: limit }),
    };
  },
};

/** How the items that a client adds to a conversation are read. */
export const itemsForm: BodyForm = {
  moved: {},
  rewrite: ({ items, ...body }) => ({
    ...body,
    ...(items === undefined ? {} : { items: Array.isArray(items) ? toResponseItems(items) : items }),
  }),
};

/** A schema format may be nested as in Chat Completions. */
function toFlatText(text: Fields): Fields {
  const { format } = text;
  if (!isObject(format) || !isObject(format['json_schema'])) return text;
  const { json_schema: nested, ...rest } = format;
  return { ...text, format: { ...rest, ...nested } };
}
