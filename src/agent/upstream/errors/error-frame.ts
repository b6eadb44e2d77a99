import { isObject } from '../../../json/is-object.ts';

/** Fields whose text reports an error in a frame that is no chunk: of vLLM, FastAPI, DashScope, Baidu and gateways. */
const reportFields = ['message', 'detail', 'errors', 'error_message', 'error_msg', 'errmsg', 'msg'] as const;

/** Starts of lines that a server writes in place of JSON when it fails. */
const failureText = /^\W{0,3}(error|exception|traceback|internal server error|upstream|bad gateway|failed|timeout)/i;

/**
 * Whether a frame of a stream, or a document, reports an error. `isNamed`: its event has a name of its own, so that a
 * `message` in it may be a mere note.
 */
export function isErrorFrame(frame: unknown, isNamed = false): boolean {
  if (Array.isArray(frame)) return frame.length > 0 && frame.every((entry) => isErrorFrame(entry));
  if (!isObject(frame)) return false;
  if (isReport(frame['error']) || isFailedStatus(frame['base_resp'])) return true;
  if (frame['choices'] !== undefined || isObject(frame['usage'])) return hasInnerError(frame);
  if ('error' in frame && frame['error']) return true;
  if (frame['object'] === 'error' || frame['type'] === 'error' || frame['status'] === 'error') return true;
  return !isNamed && reportFields.some((field) => isReport(frame[field]) && !isAnswer(frame[field]));
}

/** Whether an event that is not JSON is the text of a failure. */
export const isErrorText = (data: string): boolean => failureText.test(data);

/** OpenRouter reports the failure of one choice in it, Groq in its own field. */
function hasInnerError({ choices, x_groq: groq }: Record<string, unknown>): boolean {
  if (isObject(groq) && isReport(groq['error'])) return true;
  if (!Array.isArray(choices)) return false;
  for (const choice of choices) if (isObject(choice) && isReport(choice['error'])) return true;
  return false;
}

/** MiniMax's status is 0 for a success. */
const isFailedStatus = (status: unknown): boolean => isObject(status) && !!status['status_code'];

/** Whether a `message` is that of an answer: Ollama's own API sends one without `choices`. */
const isAnswer = (value: unknown): boolean => isObject(value) && value['role'] !== undefined;

/** Whether a value says something: some upstreams send an empty `error` with every chunk. */
function isReport(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.length > 0;
  return value === true || (isObject(value) && Object.keys(value).length > 0);
}
