import type { HeaderParameters, NamedSession } from '../contract/operations.ts';

type SessionHeaders = HeaderParameters<'createResponse' | 'createChatCompletion'>;

/** Returns the session that a client names in a header. Proxies may send empty headers. */
export function findSession(header: SessionHeaders): NamedSession | undefined {
  const own = header['X-Session-Id'] || header['X-Hermes-Session-Id'];
  if (own) return { id: own, holdsHistory: true };
  // A chat interface sends the whole conversation, and edits it.
  const chat = header['X-OpenWebUI-Chat-Id'];
  return chat ? { id: chat, holdsHistory: false } : undefined;
}
