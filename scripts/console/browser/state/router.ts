import { parseRoute, type Room, type Route, toHash } from './routes.ts';
import { createStore, useStore } from './store.ts';

const route = createStore(parseRoute(globalThis.location?.hash ?? ''));

/** Follows the fragment: links, the back button, and `setQuery`. */
export function startRouter(): void {
  addEventListener('hashchange', () => route.set(parseRoute(location.hash)));
}

export const useRoute = (): Route => useStore(route);

/** Changes a filter of the view and returns to its first page, without an entry in the history. */
export function setFilter(name: string, value: string): void {
  const { after, ...query } = route.get().query;
  replaceQuery({ ...query, [name]: value });
}

/** Opens a page of a list by its cursor; an empty one is the first. */
export function setPage(after: string): void {
  replaceQuery({ ...route.get().query, after });
}

function replaceQuery(query: Record<string, string>): void {
  const { room, id } = route.get();
  history.replaceState(null, '', toHash(room, id, query));
  route.set(parseRoute(location.hash));
}

export function goTo(room: Room, id: string | null = null): void {
  location.hash = toHash(room, id);
}
