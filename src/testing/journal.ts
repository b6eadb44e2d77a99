import { AssertionError } from 'node:assert';
import type { Schemas } from '../contract/types.ts';
import type { AdminClient } from './admin-client.ts';

export type JournalEntry = Schemas['JournalEntry'];
export type JournalMatch = Schemas['JournalMatch'];

/** Which requests to list: those of the filters of `GET /admin/v1/journal`. */
export type ListOptions = Pick<
  JournalMatch,
  'operation' | 'path' | 'model' | 'text' | 'status' | 'outcome' | 'rule' | 'tenant'
>;

/** How many requests must match. Default: at least one. */
export type VerifyOptions = { count?: number } | { atLeast?: number; atMost?: number };

export interface WaitOptions {
  /** Default: 1. */
  atLeast?: number;
  /** Default: 5000. */
  timeoutMs?: number;
}

/** The requests that the server received, and its replies. */
export interface Journal {
  /** Returns the requests, oldest first. */
  list(options?: ListOptions): Promise<JournalEntry[]>;
  /**
   * Waits for requests, and returns those that match. A request matches once its body is read: match
   * `outcome: 'completed'` to wait for its reply. Rejects with an AssertionError after the time.
   */
  waitFor(match?: JournalMatch, options?: WaitOptions): Promise<[JournalEntry, ...JournalEntry[]]>;
  /** Returns the requests that match. Rejects with an AssertionError if their number is not the expected one. */
  verify(match?: JournalMatch, options?: VerifyOptions): Promise<JournalEntry[]>;
  /** Removes all requests. */
  reset(): Promise<void>;
}

type Verdict = Schemas['JournalVerdict'];

const pageSize = 100;

export function createJournal(send: AdminClient): Journal {
  return {
    async list(options = {}) {
      const entries: JournalEntry[] = [];
      for (let after: string | null | undefined; after !== null; ) {
        const page: Schemas['JournalEntryList'] = await send('GET', `/journal?${toQuery(options, after)}`);
        entries.push(...page.data);
        after = page.next;
      }
      return entries;
    },
    async waitFor(match = {}, options = {}) {
      checkNames(options, ['atLeast', 'timeoutMs']);
      const { atLeast = 1, timeoutMs } = options;
      const body = { match, at_least: atLeast, ...(timeoutMs === undefined ? {} : { timeout_ms: timeoutMs }) };
      const [first, ...rest] = toEntries(await send('POST', '/journal/wait', body));
      if (!first) throw new RangeError('atLeast must be 1 or more.');
      return [first, ...rest];
    },
    async verify(match = {}, options = {}) {
      checkNames(options, ['count', 'atLeast', 'atMost']);
      return toEntries(await send('POST', '/journal/verify', { match, ...toAmount(options) }));
    },
    async reset() {
      await send('DELETE', '/journal');
    },
  };
}

function toQuery(options: ListOptions, after: string | undefined): URLSearchParams {
  const fields = { ...options, order: 'asc', limit: pageSize, after };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) query.set(name, String(value));
  return query;
}

function toAmount(options: VerifyOptions): Pick<Schemas['VerifyRequestsRequest'], 'count' | 'at_least' | 'at_most'> {
  if ('count' in options && options.count !== undefined) return { count: options.count };
  const { atLeast, atMost } = options as { atLeast?: number; atMost?: number };
  return {
    ...(atLeast === undefined ? {} : { at_least: atLeast }),
    ...(atMost === undefined ? {} : { at_most: atMost }),
  };
}

/** Throws a TypeError for a misspelt option of a program without types: ignored, it would weaken the test. */
function checkNames(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new TypeError(`Unknown option '${unknown}'. Expected one of: ${known.join(', ')}.`);
}

function toEntries({ satisfied, message, data }: Verdict): JournalEntry[] {
  if (satisfied) return data;
  throw new AssertionError({ message, operator: 'journal' });
}
