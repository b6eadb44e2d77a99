import type { Schemas } from '../../contract/types.ts';
import { toFormatEcho } from '../../items/to-format-echo.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ResponseRequest } from '../responses-deps.ts';

/** Returns the text settings in effect. */
export function toTextEcho(text: ResponseRequest['text']): Schemas['TextSettingsEcho'] {
  return { format: toFormatEcho(text?.format), ...omitUndefined({ verbosity: text?.verbosity }) };
}
