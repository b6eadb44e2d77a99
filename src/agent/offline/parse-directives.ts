import { ApiError } from '../../errors/api-error.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { offlineLimits } from './offline-limits.ts';

/** One line of a script. docs/offline-agent.md is the reference for the grammar. */
export type Directive =
  | { kind: 'say' | 'reason' | 'refuse'; text: string }
  | { kind: 'tokens'; count: number; delayMs: number }
  | { kind: 'call'; name: string; arguments: string }
  | { kind: 'run'; name: string; arguments: string; result: string }
  | { kind: 'wait'; milliseconds: number }
  | { kind: 'limit' | 'break'; tokens: number }
  | { kind: 'status'; status: number; retryAfter?: number }
  | { kind: 'filter' };

interface Form {
  /** A valid line, shown in the error for a malformed one. */
  example: string;
  /** Returns `undefined` for a malformed line. */
  parse(rest: string): Directive | undefined;
}

const forms: Record<Directive['kind'], Form> = {
  say: { example: '/say Hello there.', parse: (rest) => textDirective('say', rest) },
  reason: { example: '/reason First I think.', parse: (rest) => textDirective('reason', rest) },
  refuse: { example: '/refuse I can’t help with that.', parse: (rest) => textDirective('refuse', rest) },
  tokens: { example: '/tokens 50 delay 20ms', parse: parseTokens },
  call: { example: '/call get_weather {"city":"Paris"}', parse: parseCall },
  run: { example: '/run get_weather {"city":"Paris"} => 18 degrees', parse: parseRun },
  wait: { example: '/wait 500ms', parse: parseWait },
  limit: { example: '/limit 5', parse: (rest) => parseTokenCount('limit', rest) },
  break: { example: '/break after 5', parse: (rest) => parseTokenCount('break', rest.replace(/^after\s+/, '')) },
  status: { example: '/status 429 retry-after 2', parse: parseStatus },
  filter: { example: '/filter', parse: (rest) => (rest === '' ? { kind: 'filter' } : undefined) },
};

const directiveLine = /^\/([a-z]+)(?:[ \t]+(.*))?$/;

/**
 * Parses the script in a user message. Returns one list of directives for each step (`/then` starts the next step), or
 * `undefined` when no line is a directive. Other lines are ignored. Throws `invalid_value` for a malformed directive,
 * with the parameter that the text comes from.
 */
export function parseDirectives(text: string, param?: string): Directive[][] | undefined {
  const steps: Directive[][] = [[]];
  let found = false;
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', rest = ''] = directiveLine.exec(line.trimEnd()) ?? [];
    if (name === 'then' && rest === '') steps.push([]);
    else if (isKind(name)) steps.at(-1)?.push(parseLine(name, rest, param));
    else continue;
    found = true;
  }
  return found ? steps : undefined;
}

const isKind = (name: string): name is Directive['kind'] => Object.hasOwn(forms, name);

function parseLine(kind: Directive['kind'], rest: string, param: string | undefined): Directive {
  const { parse, example } = forms[kind];
  const directive = parse(rest.trim());
  if (directive !== undefined) return directive;
  throw new ApiError(
    'invalid_value',
    `Invalid directive /${kind} for the offline agent. Expected a line like: ${example}`,
    param === undefined ? {} : { param },
  );
}

/** Reads a plain text, or a JSON string, which may contain line breaks. */
function textDirective(kind: 'say' | 'reason' | 'refuse', rest: string): Directive | undefined {
  if (rest === '') return undefined;
  const quoted = rest.startsWith('"') ? tryParseJson(rest) : undefined;
  return { kind, text: typeof quoted === 'string' ? quoted : rest };
}

function parseTokens(rest: string): Directive | undefined {
  const match = /^(\d+)(?:\s+delay\s+(\d+)ms)?$/.exec(rest);
  const count = inRange(match?.[1], offlineLimits.tokens);
  const delayMs = inRange(match?.[2] ?? '0', offlineLimits.delayMs);
  return count === undefined || delayMs === undefined ? undefined : { kind: 'tokens', count, delayMs };
}

function parseTokenCount(kind: 'limit' | 'break', rest: string): Directive | undefined {
  const tokens = inRange(rest, offlineLimits.tokens);
  return tokens === undefined ? undefined : { kind, tokens };
}

function parseWait(rest: string): Directive | undefined {
  const milliseconds = inRange(/^(\d+)ms$/.exec(rest)?.[1], offlineLimits.delayMs);
  return milliseconds === undefined ? undefined : { kind: 'wait', milliseconds };
}

function parseStatus(rest: string): Directive | undefined {
  const match = /^([45]\d\d)(?:\s+retry-after\s+(\d{1,6}))?$/.exec(rest);
  if (match === null) return undefined;
  const retryAfter = match[2];
  return { kind: 'status', status: Number(match[1]), ...(retryAfter && { retryAfter: Number(retryAfter) }) };
}

/** Reads arguments: a JSON object, nothing for `{}`, or `raw` and any text, because a model may write invalid JSON. */
function parseCall(rest: string): Directive | undefined {
  const { name, tail } = splitName(rest);
  if (name === '') return undefined;
  const raw = /^raw\s+(.*)$/.exec(tail)?.[1];
  const text = raw ?? toArguments(tail);
  return text === undefined ? undefined : { kind: 'call', name, arguments: text };
}

const arrow = ' => ';
/** Arrows tried as the end of the arguments. Prevents quadratic time for a line of arrows. */
const maxArrows = 16;

/** Splits at the first arrow that ends valid arguments, because arguments may contain arrows too. */
function parseRun(rest: string): Directive | undefined {
  const { name, tail } = splitName(rest);
  const line = ` ${tail}`;
  let end = line.indexOf(arrow);
  for (let tried = 0; name !== '' && end !== -1 && tried < maxArrows; tried++) {
    const text = toArguments(line.slice(0, end).trim());
    if (text !== undefined) return { kind: 'run', name, arguments: text, result: line.slice(end + arrow.length) };
    end = line.indexOf(arrow, end + 1);
  }
  return undefined;
}

function splitName(rest: string): { name: string; tail: string } {
  const [, name = '', tail = ''] = /^([\w.-]+)(?:\s+(.*))?$/.exec(rest) ?? [];
  return { name, tail };
}

function toArguments(text: string): string | undefined {
  if (text === '') return '{}';
  return text.startsWith('{') && tryParseJson(text) !== undefined ? text : undefined;
}

function inRange(digits: string | undefined, maximum: number): number | undefined {
  if (digits === undefined || !/^\d+$/.test(digits)) return undefined;
  const value = Number(digits);
  return value <= maximum ? value : undefined;
}
