import type { Refusal } from '../upstream/read-refusal.ts';

/** The words of a server that does not know or support something. */
const unsupported = new RegExp(
  [
    "unsupported|(not|n't) (currently |yet )?support|unrecogni[sz]ed|unknown|unexpected|unavailable|forbidden",
    'not (permitted|allowed|recogni[sz]ed|available|implemented|enabled|accepted|compatible)|cannot find field',
    'extra (inputs|fields)|additional propert|no such|invalid (parameter|argument|field)|cannot be (used|combined)',
    'instead|please remove',
  ].join('|'),
  'i',
);

/** The words of a server that supports a field, but not its value. */
const wrongValue = /unsupported value|invalid value|supported values|must be |should be |invalid schema/i;

const unknownField = /unrecogni[sz]ed|unknown (name|field)|unexpected keys|extra (inputs|fields)|additional propert/i;

const formatNames =
  /response[_ ]format|json[_ ]schema|json[_ ]object|json mode|structured[_ ]outputs?|response mime type/i;

/** How servers refuse the role of the system message: by its value, or by its name. */
const roleErrors = new RegExp(
  [
    '(does not support|unknown variant|invalid value:?|(unsupported|unknown|invalid) role:?)\\W*(system|developer)\\b',
    "\\b(system|developer)\\W+(role|message|prompt|instruction)s?\\b[^.]*(not|n't|un) ?(support|allow|permit|enabled)",
    'only user and assistant roles|(developer|system) instructions? is not enabled',
  ].join('|'),
  'i',
);

/** How chat templates and servers refuse a conversation that does not alternate between user and assistant. */
const turnErrors = new RegExp(
  [
    'alternat(e|es|ing)\\b|unexpected role|expected last role|consecutive (user|assistant)|comes immediately after',
    'no user (query|message)|at least one (user )?message|contents? is not specified|contents? field is required',
    'first message (must|should)|(start|begin|end)s? with an? (user|system)|last message .*(must|should|cannot)',
  ].join('|'),
  'i',
);

/** Whether the upstream does not support what it names, rather than its value. */
export const isUnsupported = ({ text }: Refusal): boolean => unsupported.test(text) && !wrongValue.test(text);

/** Whether the upstream refuses the value of what it names. */
export const isWrongValue = ({ text }: Refusal): boolean => wrongValue.test(text);

/** Whether the upstream does not know the field at all. */
export const isUnknownField = ({ text }: Refusal): boolean => unknownField.test(text);

/** Whether a refusal names a field: in a path, in quotes, or bare if the name is no word of ordinary English. */
export function namesField({ text, path }: Refusal, field: string): boolean {
  if (path.has(field)) return true;
  return new RegExp(field.includes('_') ? `\\b${field}\\b` : `["'\`‘“]${field}["'\`’”]`).test(text);
}

export const isAboutFormat = (refusal: Refusal): boolean => formatNames.test(toWords(refusal));

/** Whether a refusal concerns this role. Some servers name only the path and the roles that they accept. */
export const isAboutRole = ({ text, path }: Refusal, role: string): boolean =>
  roleErrors.test(text) || (path.has('role') && !new RegExp(`\\b${role}\\b`).test(text));

export const isAboutTurns = ({ text }: Refusal): boolean => turnErrors.test(text);

/** Returns all words of a refusal, those of its paths first. */
export const toWords = ({ text, path }: Refusal): string => [...path, text].join('\n');
