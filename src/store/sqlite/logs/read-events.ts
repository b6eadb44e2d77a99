import { limits } from '../../../config/limits.ts';
import type { LogPage, LogRequest } from '../../run-store.ts';
import { toCut } from '../../shared/to-cut.ts';
import type { LogStatements } from '../statements/log-statements.ts';
import { separator } from './separators.ts';

type ReadStatements = Pick<LogStatements, 'rowsFrom' | 'events'>;

interface ReadableLog {
  key: number;
  /** The number of events in rows of its own. */
  events: number;
  /** The key of the last of those rows; null: none. */
  tail: number | null;
  /** The events after those. */
  newest: readonly string[];
}

/** Reads events up to the row that reaches `limits.logPageBytes`. */
export function readEvents(
  statements: ReadStatements,
  log: ReadableLog,
  { after, limit }: LogRequest,
): Pick<LogPage, 'events' | 'isCut'> {
  const count = log.events + log.newest.length;
  const first = Math.min(after + 1, count);
  const end = Math.min(first + limit, count);
  const events = first < log.events ? readRows(statements, log, { first, end: Math.min(end, log.events) }) : [];
  const next = first + events.length;
  if (next >= log.events) events.push(...log.newest.slice(next - log.events, end - log.events));
  return { events, ...toCut(first + events.length < end) };
}

function readRows(
  statements: ReadStatements,
  { key, tail }: ReadableLog,
  { first, end }: { first: number; end: number },
): string[] {
  const newestFirst = statements.rowsFrom.all({ key, tail, number: first, end });
  const events: string[] = [];
  let sum = 0;
  for (let index = newestFirst.length - 1; index >= 0 && sum < limits.logPageBytes; index--) {
    const { key = 0, bytes = 0 } = newestFirst[index] ?? {};
    sum += bytes;
    for (const event of statements.events.get({ key })?.split(separator) ?? []) events.push(event);
  }
  const skipped = first - (newestFirst.at(-1)?.first ?? 0);
  return events.slice(skipped, skipped + end - first);
}
