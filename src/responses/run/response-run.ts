import type { ApiError } from '../../errors/api-error.ts';
import type { ResponseEvent } from '../responses-deps.ts';

/** One execution of the agent for one response. */
export interface ResponseRun {
  /** Every event of the response, contiguously numbered; the last one is terminal, and comes whatever happens. */
  readonly events: AsyncIterable<readonly ResponseEvent[]>;
  /** Why it failed; set before the terminal event. */
  readonly failure: ApiError | undefined;
  /** Are the token counts our own estimate? Set before the terminal event. */
  readonly usageIsEstimate: boolean;
}
