import type { Schemas } from '../../contract/types.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ResponseRequest } from '../responses-deps.ts';

/** Returns the text settings in effect. A JSON Schema format has all its fields, omitted ones included. */
export function toTextEcho(text: ResponseRequest['text']): Schemas['TextSettingsEcho'] {
  return { format: toFormatEcho(text?.format), ...omitUndefined({ verbosity: text?.verbosity }) };
}

function toFormatEcho(format: NonNullable<ResponseRequest['text']>['format']): Schemas['TextFormatEcho'] {
  if (format?.type !== 'json_schema') return format ?? { type: 'text' };
  return {
    type: 'json_schema',
    name: format.name ?? defaultFormatName,
    description: format.description ?? null,
    schema: format.schema,
    strict: format.strict ?? false,
  };
}

/** The name of a schema that the client did not name. */
export const defaultFormatName = 'response';
