import type { Schemas } from '../contract/types.ts';
import type { ApiError } from '../errors/api-error.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';

/** The services that responses use. */
export interface ResponsesDeps
  extends Pick<
    Services,
    | 'agent'
    | 'store'
    | 'sealer'
    | 'runs'
    | 'reportRun'
    | 'schemaBytes'
    | 'carryInstructions'
    | 'restarts'
    | 'attempts'
    | 'expiresAt'
    | 'history'
    | 'admitStorage'
  > {
  log: Pick<Log, 'warn'>;
}

export type ResponseRequest = Schemas['CreateResponseRequest'];
export type ResponseResource = Schemas['Response'];
export type ResponseEvent = Schemas['ResponseStreamEvent'];
export type OutputItem = Schemas['OutputItem'];
export type InputItem = Schemas['InputItem'];

/** One execution of the agent for one response. */
export interface ResponseRun {
  /** All events of the response, numbered without gaps. The last one is terminal, even if the run fails. */
  readonly events: AsyncIterable<readonly ResponseEvent[]>;
  /** Why the run failed. Set before the terminal event. */
  readonly failure: ApiError | undefined;
  /** Whether the token counts are estimates. Set before the terminal event. */
  readonly usageIsEstimate: boolean;
}
