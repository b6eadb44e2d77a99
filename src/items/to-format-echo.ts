import type { Schemas } from '../contract/types.ts';

/** The name of a schema that the client did not name. */
export const defaultFormatName = 'response';

/** Returns a format as replies report it. A JSON Schema format has all its fields, omitted ones included. */
export function toFormatEcho(format: Schemas['TextFormat'] | null | undefined): Schemas['TextFormatEcho'] {
  if (format?.type !== 'json_schema') return format ?? { type: 'text' };
  return {
    type: 'json_schema',
    name: format.name ?? defaultFormatName,
    description: format.description ?? null,
    schema: format.schema,
    strict: format.strict ?? false,
  };
}
