import { isObject } from '../json/is-object.ts';
import type {
  ExchangeEnd,
  RecordedEvent,
  RecordedExchange,
  RecordedMessage,
  RecordedRead,
  RecordedRequest,
  RecordedResponse,
  Violation,
} from './recording.ts';

/** Returns the path of the first invalid part of a value, empty for the value itself; `undefined` if it is valid. */
type Check = (value: unknown) => string | undefined;

/** One check per field: a field added to the format does not compile without one. */
type Checks<T> = { readonly [Name in keyof Required<T>]: Check };

const ofType =
  (type: 'string' | 'number' | 'boolean'): Check =>
  (value) =>
    typeof value === type ? undefined : '';
const text = ofType('string');
const number = ofType('number');
const flag = ofType('boolean');
const anything: Check = () => undefined;

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value);

const listOf =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return '';
    for (const [index, item] of value.entries()) {
      const path = check(item);
      if (path !== undefined) return `[${index}]${path}`;
    }
    return undefined;
  };

const fields =
  <T>(checks: Checks<T>): Check =>
  (value) => {
    if (!isObject(value)) return '';
    for (const [name, check] of Object.entries<Check>(checks)) {
      const path = check(value[name]);
      if (path !== undefined) return `.${name}${path}`;
    }
    return undefined;
  };

const ends: Readonly<Record<ExchangeEnd, true>> = {
  complete: true,
  'client-left': true,
  'upstream-broke': true,
  unreachable: true,
  stopped: true,
};
const end: Check = (value) => (typeof value === 'string' && Object.hasOwn(ends, value) ? undefined : '');

const event = fields<RecordedEvent>({ event: optional(text), json: anything, text: optional(text) });
const read = fields<RecordedRead>({ ms: number, events: listOf(event) });
const violation = fields<Violation>({ direction: text, kind: text, place: text, message: text });

const message: Checks<RecordedMessage> = {
  headers: optional(listOf(listOf(text))),
  bytes: optional(number),
  json: anything,
  text: optional(text),
  binary: optional(flag),
  truncated: optional(flag),
};
const request = fields<RecordedRequest>({ ...message, method: text, path: text });
const response = fields<RecordedResponse>({ ...message, status: number, stream: optional(listOf(read)) });

const exchange = fields<RecordedExchange>({
  exchange: number,
  at: optional(text),
  milliseconds: optional(number),
  webSocket: optional(flag),
  request,
  response: optional(response),
  ended: end,
  violations: optional(listOf(violation)),
  notes: optional(listOf(violation)),
});

/**
 * Returns the path of the first missing or invalid field of an exchange, such as `request.method`; `undefined` if it is
 * valid. Informational fields may be omitted, so that a recording can be written by hand.
 */
export const findInvalidField = (value: object): string | undefined => exchange(value)?.slice(1);
