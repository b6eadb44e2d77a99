import { limits } from '../config/limits.ts';
import type { RunId, RunStore } from '../store/run-store.ts';

/** Returns the JSON texts of a run's log so far; `undefined` when the run does not exist or its log has expired. */
export async function readLog(runs: RunStore, tenant: string, id: RunId): Promise<string[] | undefined> {
  const texts: string[] = [];
  for (;;) {
    const page = await runs.read(tenant, id, { after: texts.length - 1, limit: limits.logPageEvents });
    if (!page || page.state === 'expired') return undefined;
    texts.push(...page.events);
    if (page.events.length < limits.logPageEvents && !page.isCut) return texts;
  }
}
