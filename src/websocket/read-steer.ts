import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { isObject } from '../json/is-object.ts';

export type SteerFrame = Pick<Schemas['WebSocketResponseSteer'], 'previous_response_id' | 'input'>;

const frameFields: ReadonlySet<string> = new Set(['type', 'previous_response_id', 'input']);
const messageFields: ReadonlySet<string> = new Set(['type', 'role', 'content']);

/** Whether a frame has what its refusal returns. */
export function isAnswerable(frame: unknown): frame is { previous_response_id: string; input: unknown } {
  return isObject(frame) && typeof frame['previous_response_id'] === 'string' && 'input' in frame;
}

/**
 * Returns a parsed `response.steer`. `check` throws an ApiError for a value that is not a `WebSocketResponseSteer`. Other
 * fields are refused too, as OpenAI does: a client that sends them expects an effect.
 */
export function readSteer(frame: unknown, check: (value: unknown) => void): SteerFrame {
  check(frame);
  // `check` has validated it.
  const steer = frame as Schemas['WebSocketResponseSteer'];
  refuseOthers(steer, { fields: frameFields, path: '' });
  if (typeof steer.input !== 'string') {
    for (const [index, message] of steer.input.entries()) {
      refuseOthers(message, { fields: messageFields, path: `input[${index}].` });
    }
  }
  return steer;
}

function refuseOthers(value: object, { fields, path }: { fields: ReadonlySet<string>; path: string }): void {
  const other = Object.keys(value).find((name) => !fields.has(name));
  if (other === undefined) return;
  const accepted = [...fields].join("', '");
  const message = `Unsupported field '${path}${other}'. Steering accepts only '${accepted}' here.`;
  throw new ApiError('unsupported_parameter', message, { param: `${path}${other}` });
}
