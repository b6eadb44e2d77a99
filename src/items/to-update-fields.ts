import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { toFormatEcho } from './to-format-echo.ts';

type Update = Schemas['ConfigurationUpdateInput'];

const known: Readonly<Record<string, readonly string[]>> = {
  '': ['type', 'id', 'status', 'reasoning', 'text'],
  reasoning: ['effort'],
  text: ['format'],
};

/**
 * Returns the settings of a `configuration_update` in their stored form. Throws an ApiError for one that is unsupported:
 * ignoring it would change the meaning of every later turn. `param` is the item's path.
 */
export function toUpdateFields({ reasoning, text, ...rest }: Update, param: string): Record<string, unknown> {
  checkNames(rest, '', param);
  if (reasoning) checkNames(reasoning, 'reasoning', `${param}.reasoning`);
  if (text) checkNames(text, 'text', `${param}.text`);
  if (!reasoning && !text) {
    throw new ApiError('missing_required_parameter', "A 'configuration_update' requires 'reasoning' or 'text'.", {
      param,
    });
  }
  return { ...(reasoning ? { reasoning } : {}), ...(text ? { text: { format: toFormatEcho(text.format) } } : {}) };
}

function checkNames(settings: object, part: string, param: string): void {
  const accepted = known[part] ?? [];
  const name = Object.keys(settings).find((candidate) => !accepted.includes(candidate));
  if (name === undefined) return;
  const message = `A 'configuration_update' can't change '${part ? `${part}.` : ''}${name}'. Expected 'reasoning.effort' or 'text.format'.`;
  throw new ApiError('unsupported_parameter', message, { param: `${param}.${name}` });
}
