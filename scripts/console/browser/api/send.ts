import { noteServerTime } from '../state/server-time.ts';
import { createStore } from '../state/store.ts';
import { ApiFailure, readFailure } from './failure.ts';
import { key, refusal } from './session.ts';

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

export interface Sending {
  method?: 'GET' | 'POST' | 'DELETE';
  query?: Query | undefined;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** Whether the last request reached the server. */
export const isReachable = createStore(true);

/** Sends a request below /admin/v1 with the key. Throws `ApiFailure` unless it succeeds. */
export async function send(path: string, sending: Sending = {}): Promise<Response> {
  const { method = 'GET', query = {}, body, signal } = sending;
  const headers = new Headers();
  const sentKey = key.get();
  if (sentKey !== null) headers.set('authorization', `Bearer ${sentKey}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  const init: RequestInit = { method, headers, cache: 'no-store' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;
  const reply = await reach(`./admin/v1/${path}${toSearch(query)}`, init);
  if (reply.ok) return reply;
  const failure = await readFailure(reply);
  // The reply to an aborted request may be incomplete, and an earlier key may have been replaced.
  const isCurrent = !signal?.aborted && sentKey === key.get();
  if (isCurrent && isRefused(failure)) refusal.set({ code: failure.code, message: failure.message });
  throw failure;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    const reply = await fetch(url, init);
    isReachable.set(true);
    noteServerTime(reply.headers.get('date'));
    return reply;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    isReachable.set(false);
    throw new ApiFailure("The server can't be reached.");
  }
}

const isRefused = ({ status, code }: ApiFailure): boolean =>
  status === 401 || (status === 403 && code === 'operator_required');

function toSearch(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value ?? []].flat()) if (each !== '') search.append(name, String(each));
  }
  return search.size === 0 ? '' : `?${search}`;
}
