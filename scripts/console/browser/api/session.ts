import { createStore } from '../state/store.ts';

const storageName = 'talaria-operator-key';

/** Why the API refuses the page: without a key, or with one that isn't an operator's. */
export interface Refusal {
  code: string | null;
  message: string;
}

/** The operator's key. It is kept until the tab is closed. A server without keys needs none. */
export const key = createStore<string | null>(sessionStorage.getItem(storageName));

export const refusal = createStore<Refusal | null>(null);

export function signIn(entered: string): void {
  sessionStorage.setItem(storageName, entered);
  key.set(entered);
  refusal.set(null);
}

export function signOut(): void {
  sessionStorage.removeItem(storageName);
  key.set(null);
  refusal.set({ code: null, message: 'You have signed out.' });
}
