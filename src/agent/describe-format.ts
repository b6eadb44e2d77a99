import type { AgentOutputFormat } from './agent-client.ts';

/** Describes an output format to a model, with its schema. */
export function describeFormat(format: AgentOutputFormat): string {
  if (format.type === 'json_object') return 'Answer with one JSON object alone, without any other text.';
  const description = format.description ? ` (${format.description})` : '';
  return (
    `Answer with JSON alone, without any other text. It must match this JSON Schema, named ` +
    `${format.name}${description}:\n${JSON.stringify(format.schema)}`
  );
}
