import type { StructuredOutputs } from '../config/upstream-settings.ts';
import type { AgentOutputFormat } from './agent-client.ts';

/** Whether an upstream with this setting reads the whole format from the request's field for it. */
export function takesFormat({ type }: AgentOutputFormat, structuredOutputs: StructuredOutputs): boolean {
  return structuredOutputs === 'native' || (structuredOutputs === 'json_object' && type === 'json_object');
}

/** Adds the description of an output format, if any, to instructions. Returns `undefined` when there is no text. */
export function describeIn(
  instructions: string | undefined,
  format: AgentOutputFormat | undefined,
): string | undefined {
  const texts = [instructions, format && describeFormat(format)].filter((text) => text);
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

/** Describes an output format to a model, with its schema. */
export function describeFormat(format: AgentOutputFormat): string {
  if (format.type === 'json_object') return 'Answer with one JSON object alone, without any other text.';
  const description = format.description ? ` (${format.description})` : '';
  return (
    `Answer with JSON alone, without any other text. It must match this JSON Schema, named ` +
    `${format.name}${description}:\n${JSON.stringify(format.schema)}`
  );
}
