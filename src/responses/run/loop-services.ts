import type { JournalStep } from '../../agent/loop/journal-step.ts';
import type { LoopServices } from '../../agent/loop/loop-services.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import type { ResponsesDeps } from '../responses-deps.ts';
import type { RunSteering } from '../steer/run-steering.ts';

interface LoopState {
  /** The steps so far. `undefined`: the run is not journalled. */
  journal: readonly JournalStep[] | undefined;
  /** `undefined`: the run cannot be steered. */
  steering: RunSteering | undefined;
}

/** Returns what the tool loop needs for a response. */
export function createLoopServices(
  _plan: ResponsePlan,
  _deps: Pick<ResponsesDeps, 'store'>,
  { journal, steering }: LoopState,
): LoopServices {
  return omitUndefined({ journal, isSteered: steering?.isSteered });
}
