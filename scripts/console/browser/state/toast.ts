import { createStore } from './store.ts';

export interface Toast {
  text: string;
  /** The run that continues. */
  run: string | null;
}

const shownMs = 8000;

/** The result of the last action whose place on the page has gone. */
export const toast = createStore<Toast | null>(null);

let timer: ReturnType<typeof setTimeout> | undefined;

export function showToast(text: string, run: string | null = null): void {
  toast.set({ text, run });
  clearTimeout(timer);
  timer = setTimeout(() => toast.set(null), shownMs);
}
