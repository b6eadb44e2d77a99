export const rooms = ['runs', 'approvals', 'conversations', 'responses', 'load'] as const;

export type Room = (typeof rooms)[number];

/** A view with its filters, as in the fragment of the page: `#/runs/resp_1?tenant=acme`. */
export interface Route {
  room: Room;
  id: string | null;
  query: Record<string, string>;
}

/** Reads a fragment. Unknown ones lead to the runs. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [name, id] = path.split('/');
  const room = rooms.find((each) => each === name) ?? 'runs';
  return { room, id: id ? decode(id) : null, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** Returns the fragment of a view. Omits empty filters. */
export function toHash(room: Room, id: string | null = null, query: Record<string, string> = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  return `#/${room}${id === null ? '' : `/${encodeURIComponent(id)}`}${search.size === 0 ? '' : `?${search}`}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
