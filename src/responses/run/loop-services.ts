import type { JournalStep } from '../../agent/loop/journal-step.ts';
import type { LoopServices } from '../../agent/loop/loop-services.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import type { ResponsesDeps } from '../responses-deps.ts';

/** Returns what the tool loop needs for a response. `journal`: its steps so far; `undefined`: it is not journalled. */
export function createLoopServices(
  _plan: ResponsePlan,
  _deps: Pick<ResponsesDeps, 'store'>,
  journal: readonly JournalStep[] | undefined,
): LoopServices {
  return omitUndefined({ journal });
}
