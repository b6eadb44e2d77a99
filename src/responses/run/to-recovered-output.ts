import type { StoredItem } from '../../store/stored-item.ts';
import { KeptState } from '../events/kept-state.ts';
import type { LoggedItem } from '../events/logged-item.ts';
import type { OutputItem } from '../responses-deps.ts';
import type { PastRun } from './past-run.ts';

/**
 * Returns the output of a response that ends without being resumed, as it is stored: with the fields that its journal has of
 * its items. Those of the last execution are lost, except that replies which it replaced stay superseded.
 */
export function toRecoveredOutput(output: OutputItem[], { kept: written, logged }: PastRun): StoredItem[] {
  const kept = new KeptState(written);
  for (const { item } of logged.slice(0, logged.findLastIndex(isReplaced) + 1).filter(({ isCut }) => isCut)) {
    kept.keep(item.id, { agent_superseded: true });
  }
  return kept.toStoredOutput(output);
}

/** Whether a resumed execution closed the text of a reply that was cut. */
const isReplaced = ({ item, isCut, isDone }: LoggedItem): boolean =>
  isCut && isDone && item.type === 'message' && item.phase === 'commentary';
