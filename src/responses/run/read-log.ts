import { readLog as readTexts } from '../../runs/read-log.ts';
import type { RunId, RunStore } from '../../store/run-store.ts';
import type { ResponseEvent } from '../responses-deps.ts';

/** Parses the JSON texts of a log. They need no validation: this server wrote them. */
export function toEvents(texts: readonly string[]): ResponseEvent[] {
  return texts.map((text): ResponseEvent => JSON.parse(text));
}

/** Returns all events of a run so far; `undefined` when the run does not exist or its log has expired. */
export async function readLog(runs: RunStore, tenant: string, id: RunId): Promise<ResponseEvent[] | undefined> {
  const texts = await readTexts(runs, tenant, id);
  return texts && toEvents(texts);
}
