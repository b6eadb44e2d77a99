import { limits } from '../../config/limits.ts';
import type { RunId, RunStore } from '../../store/run-store.ts';
import type { ResponseEvent } from '../responses-deps.ts';

/** Parses the JSON texts of a log. They need no validation: this server wrote them. */
export function toEvents(texts: readonly string[]): ResponseEvent[] {
  return texts.map((text): ResponseEvent => JSON.parse(text));
}

/** Returns all events of a run so far; `undefined` when the run does not exist or its log has expired. */
export async function readLog(runs: RunStore, tenant: string, id: RunId): Promise<ResponseEvent[] | undefined> {
  const events: ResponseEvent[] = [];
  for (;;) {
    const page = await runs.read(tenant, id, { after: events.length - 1, limit: limits.logPageEvents });
    if (!page || page.state === 'expired') return undefined;
    events.push(...toEvents(page.events));
    if (page.events.length < limits.logPageEvents && !page.isCut) return events;
  }
}
