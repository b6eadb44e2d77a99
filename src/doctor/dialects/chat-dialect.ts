import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { toEvents, toObjects } from '../reply.ts';
import type { Dialect, Question } from './dialect.ts';

export const chatDialect: Dialect = {
  path: 'chat/completions',
  toBody: ({ prompt, maxTokens, isStreamed, format, tool }, model) => ({
    model,
    messages: [{ role: 'user', content: prompt }],
    max_tokens: maxTokens,
    stream: isStreamed ?? false,
    ...(format === undefined ? {} : { response_format: toResponseFormat(format) }),
    ...(tool === undefined ? {} : { tools: [{ type: 'function', function: tool }] }),
  }),
  readAnswer(reply) {
    const body = tryParseJson(reply.text);
    const completion = isObject(body) ? body : {};
    const [choice] = toObjects(completion['choices']);
    const message = isObject(choice?.['message']) ? choice['message'] : {};
    const names = toObjects(message['tool_calls']).map(({ function: called }) => isObject(called) && called['name']);
    return {
      text: typeof message['content'] === 'string' ? message['content'] : '',
      calls: names.filter((name) => typeof name === 'string'),
      hasUsage: isObject(completion['usage']) && Number(completion['usage']['total_tokens']) > 0,
      isCut: choice?.['finish_reason'] === 'length',
    };
  },
  hasEnd: (reply) =>
    toEvents(reply).some(({ choices }) => toObjects(choices).some(({ finish_reason: reason }) => Boolean(reason))),
};

function toResponseFormat(format: NonNullable<Question['format']>): Record<string, unknown> {
  if (format.type === 'json_object') return format;
  return { type: format.type, json_schema: { name: 'answer', schema: format.schema, strict: true } };
}
