import { isObject } from '../../../json/is-object.ts';
import { tryParseJson } from '../../../json/try-parse-json.ts';

/** The fields of an error that an upstream reports. */
export interface ErrorDetail {
  message?: string;
  /** A name, such as `context_length_exceeded`. */
  code?: string;
  /** A status, which some upstreams send as the code. */
  status?: number;
  param?: string;
  type?: string;
}

/** Real errors nest their reason at most this deep. */
const maxDepth = 6;
/** Complaints of a validator that are passed on. */
const maxComplaints = 3;

/** The fields that hold the reason, most specific first. Any of them may be a text, an object, a list or JSON as text. */
const reasonFields = [
  ...['error', 'errors', 'detail', 'message', 'msg', 'error_message', 'error_msg', 'errmsg', 'error_description'],
  // MiniMax's, the errors of one choice, and Groq's.
  ...['base_resp', 'status_msg', 'choices', 'x_groq', 'reason', 'title'],
];

/**
 * Reads an error in any known form: OpenAI's envelope, its content alone, a text in `error`, a list of them, FastAPI's
 * `detail`, problem details (RFC 9457), an error of another provider as JSON within the message, and others. Returns no
 * message for anything else.
 */
export function readErrorDetail(value: unknown): ErrorDetail {
  return read(value, maxDepth);
}

function read(value: unknown, depth: number): ErrorDetail {
  if (depth === 0) return {};
  if (typeof value === 'string') return readText(value.trim(), depth);
  if (Array.isArray(value)) return readList(value, depth);
  return isObject(value) ? readObject(value, depth) : {};
}

function readText(text: string, depth: number): ErrorDetail {
  if (text === '') return {};
  const inner = /^[[{"]/.test(text) ? read(tryParseJson(text), depth - 1) : {};
  return inner.message === undefined ? { message: text } : inner;
}

function readList(list: readonly unknown[], depth: number): ErrorDetail {
  const details = list.slice(0, maxComplaints).map((entry) => read(entry, depth - 1));
  const told = details.filter(({ message }) => message !== undefined);
  const [first] = told;
  return first ? { ...first, message: told.map(({ message }) => message).join('; ') } : {};
}

function readObject(fields: Record<string, unknown>, depth: number): ErrorDetail {
  const own = readOwn(fields);
  // OpenRouter's own message is general. The provider's error is beside it.
  const { metadata } = fields;
  const raw = isObject(metadata) ? read(metadata['raw'], depth - 1) : {};
  if (raw.message !== undefined) return { ...own, ...raw };
  for (const name of reasonFields) {
    const inner = read(fields[name], depth - 1);
    if (inner.message !== undefined) return { ...own, ...inner, message: locate(own.param, fields, inner.message) };
  }
  return own;
}

function readOwn({ code, status, param, type, loc }: Record<string, unknown>): ErrorDetail {
  const detail: ErrorDetail = {};
  const number = Number(typeof code === 'number' || isDigits(code) ? code : status);
  if (Number.isInteger(number) && number >= 400 && number < 600) detail.status = number;
  if (typeof code === 'string' && code !== '' && !isDigits(code)) detail.code = code;
  if (typeof type === 'string' && type !== '') detail.type = type;
  if (typeof param === 'string' && param !== '') detail.param = param;
  else if (Array.isArray(loc)) detail.param = toParam(loc);
  return detail;
}

const isDigits = (value: unknown): boolean => typeof value === 'string' && /^\d+$/.test(value);

/** FastAPI's complaints name their location beside the message. */
function locate(param: string | undefined, { loc }: Record<string, unknown>, message: string): string {
  return Array.isArray(loc) && param !== undefined ? `${param}: ${message}` : message;
}

/** Maps `["body", "messages", 0, "role"]` to `messages[0].role`. */
function toParam(loc: readonly unknown[]): string {
  const [first, ...rest] = loc;
  const path = first === 'body' && rest.length > 0 ? rest : loc;
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
