import type { Schemas } from '../../contract/types.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ResponseRequest } from '../responses-deps.ts';

/** The text settings as used. A JSON Schema format has all its fields, also those the client left out. */
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

/** For a client that gives its schema no name. */
export const defaultFormatName = 'response';
