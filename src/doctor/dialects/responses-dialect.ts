import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { toEvents, toObjects } from '../reply.ts';
import type { Dialect, Question } from './dialect.ts';

const ends = new Set(['response.completed', 'response.incomplete']);

export const responsesDialect: Dialect = {
  path: 'responses',
  toBody: ({ prompt, maxTokens, isStreamed, format, tool }, model) => ({
    model,
    input: prompt,
    max_output_tokens: maxTokens,
    store: false,
    stream: isStreamed ?? false,
    ...(format === undefined ? {} : { text: { format: toTextFormat(format) } }),
    ...(tool === undefined ? {} : { tools: [{ type: 'function', ...tool }] }),
  }),
  readAnswer(reply) {
    const body = tryParseJson(reply.text);
    const response = isObject(body) ? body : {};
    const items = toObjects(response['output']);
    const texts = items.flatMap(({ content }) => toObjects(content).map(({ text }) => text));
    const names = items.map(({ type, name }) => type === 'function_call' && name);
    return {
      text: texts.filter((text) => typeof text === 'string').join(''),
      calls: names.filter((name) => typeof name === 'string'),
      hasUsage: isObject(response['usage']) && Number(response['usage']['total_tokens']) > 0,
      isCut: response['status'] === 'incomplete',
    };
  },
  hasEnd: (reply) => toEvents(reply).some(({ type }) => typeof type === 'string' && ends.has(type)),
};

function toTextFormat(format: NonNullable<Question['format']>): Record<string, unknown> {
  if (format.type === 'json_object') return format;
  return { type: format.type, name: 'answer', schema: format.schema, strict: true };
}
