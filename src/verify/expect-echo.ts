import { at, expectEqual } from './read-json.ts';
import type { Session } from './session.ts';

/** Expects a response to have a setting of its request. One that omits it is noted: the contract doesn't require it. */
export function expectEcho(session: Session, response: unknown, path: string, expected: unknown): void {
  if (at(response, path) == null) session.note(`the response omits ${path}`);
  else expectEqual(response, path, expected);
}
