import { limits } from '../../config/limits.ts';
import type { ResponseRequest } from '../responses-deps.ts';

/** Fields of one turn only. */
const ofTurn: ReadonlySet<string> = new Set([
  'background',
  'stream',
  'stream_options',
  'store',
  'previous_response_id',
]);

/** Returns the fields that a follow-up of a request repeats, which has an input of its own. `undefined`: they are too large to keep. */
export function toFollowUp(request: Omit<ResponseRequest, 'input'>): Readonly<Record<string, unknown>> | undefined {
  const fields = Object.fromEntries(Object.entries(request).filter(([name]) => !ofTurn.has(name)));
  return Buffer.byteLength(JSON.stringify(fields)) > limits.approvalRequestBytes ? undefined : fields;
}
