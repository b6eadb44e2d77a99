import type { JsonReply } from '../contract/operations.ts';

/** Returns a JSON reply with status 200. */
export const ok = <Body>(body: Body, headers: Record<string, string> = {}): JsonReply<Body> => ({
  kind: 'json',
  status: 200,
  body,
  headers,
});
