import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';

/** The fields of a WebSocket message that assign it to a turn. */
export interface Envelope {
  /** The `stream_id`: turns of different lanes run at the same time. */
  lane: string | undefined;
  /**
   * Whether it adds input to a running response, or answers such a message. It belongs to no turn, except for
   * `response.steer.accepted`, which counts as an event of its response.
   */
  isSteering: boolean;
}

const plain: Envelope = { lane: undefined, isSteering: false };

export function readEnvelope(text: string): Envelope {
  // Few messages have either.
  if (!text.includes('"stream_id"') && !text.includes('"response.steer')) return plain;
  const message = tryParseJson(text);
  if (!isObject(message)) return plain;
  const { stream_id: lane, type } = message;
  return {
    lane: typeof lane === 'string' ? lane : undefined,
    isSteering: typeof type === 'string' && type.startsWith('response.steer') && type !== 'response.steer.accepted',
  };
}
