import type { SentEvent } from '../contract/sent-event.ts';
import type { Schemas } from '../contract/types.ts';
import type { ApiError } from '../errors/api-error.ts';
import type { EventBatch } from '../flow/event-batch.ts';
import type { Flow } from '../flow/flow.ts';
import type { Log } from '../log.ts';
import type { SessionHeader } from '../runs/run-report.ts';
import type { Services } from '../services.ts';
import type { ResponseStore, StoredResponse } from '../store/response-store.ts';

/** Responses that a client can continue although they are not stored. */
export interface ResponseMemory {
  /** Reads the history of a remembered or a stored response, as `ResponseStore.history` does. */
  history: ResponseStore['history'];
  /** Called when a response has ended and a client may continue it. `isStored`: whether the store has it, too. */
  remember(response: StoredResponse, isStored: boolean): void;
}

/** The services that responses use. */
export interface ResponsesDeps
  extends Pick<
    Services,
    | 'agent'
    | 'tenants'
    | 'mcpServers'
    | 'approvalSeconds'
    | 'store'
    | 'sealer'
    | 'runs'
    | 'watchRun'
    | 'schemaBytes'
    | 'carryInstructions'
    | 'resumes'
    | 'attempts'
    | 'expiresAt'
    | 'history'
    | 'admitStorage'
    | 'budgetOf'
    | 'announcer'
  > {
  /** Omitted: only stored responses can be continued. */
  memory?: ResponseMemory;
  log: Pick<Log, 'warn'>;
}

export type ResponseRequest = Schemas['CreateResponseRequest'];
export type ResponseResource = Schemas['ResponseResource'];
export type ResponseEvent = SentEvent;
export type OutputItem = Schemas['OutputItem'];
export type InputItem = Schemas['InputItem'];

/** One execution of the agent for one response. */
export interface ResponseRun {
  /** All events of the response, numbered without gaps. The last one is terminal, even if the run fails. */
  readonly events: Flow<EventBatch<ResponseEvent>>;
  /** Why the run failed. Set before the terminal event. */
  readonly failure: ApiError | undefined;
  /** Whether the token counts are estimates. Set before the terminal event. */
  readonly usageIsEstimate: boolean;
  /** The session header of the agent's answer, if the agent has answered this request. */
  readonly session?: SessionHeader | undefined;
}
