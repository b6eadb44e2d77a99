import { parseRoute, type Room, type Route, toHash } from './routes.ts';
import { createStore, useStore } from './store.ts';

const route = createStore(parseRoute(globalThis.location?.hash ?? ''));

/** Follows the fragment: links, the back button, and `setQuery`. */
export function startRouter(): void {
  addEventListener('hashchange', () => route.set(parseRoute(location.hash)));
}

export const useRoute = (): Route => useStore(route);

/** Changes the filters of the view, without an entry in the history. */
export function setQuery(query: Record<string, string>): void {
  const { room, id } = route.get();
  history.replaceState(null, '', toHash(room, id, query));
  route.set(parseRoute(location.hash));
}

export function goTo(room: Room, id: string | null = null): void {
  location.hash = toHash(room, id);
}
