import { withExactNumbers } from '../../json/exact-numbers.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { checkSchema, type SchemaOrigin } from '../../schemas/check-schema.ts';
import type { AgentOutputFormat } from '../agent-client.ts';

export interface SchemaFormat {
  name: string;
  description?: string | null | undefined;
  schema: Record<string, unknown>;
  strict?: boolean | null | undefined;
}

/** Returns a JSON Schema format for the agent. Throws an ApiError for a schema that is invalid or exceeds its bounds. */
export function toSchemaFormat(
  { name, description, schema, strict }: SchemaFormat,
  origin: SchemaOrigin,
): AgentOutputFormat {
  checkSchema(schema, origin);
  return { type: 'json_schema', name, schema: withExactNumbers(schema), ...omitUndefined({ description, strict }) };
}
