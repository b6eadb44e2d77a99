import { limits } from '../../config/limits.ts';
import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';
import { createSteerId, type SteerId } from '../../ids.ts';
import { untilLogged } from '../../runs/until-logged.ts';
import type { Services } from '../../services.ts';
import type { RunRecord } from '../../store/run-record-store.ts';
import { findRun } from './find-run.ts';
import { findStored } from './find-stored.ts';
import type { StartResponse } from './repeat-run.ts';
import { toRequest } from './to-request.ts';

interface SteerOptions {
  /** The text of a user message. */
  input: string;
  signal: AbortSignal;
  /** Starts the response that continues one that has ended. */
  start: StartResponse;
}

/**
 * Adds input of a user to a background response, on any server, and resolves once the input is stored. A response that has
 * ended is continued by a new one.
 */
export async function steerRun(
  id: string,
  deps: Pick<Services, 'store' | 'liveRuns'>,
  { input, signal, start }: SteerOptions,
): Promise<Schemas['SteeredRun']> {
  const record = await findRun(id, deps);
  const isRunning = record.state === 'queued' || record.state === 'running';
  if (isRunning && !record.isBackground) {
    throw unsupported('The run belongs to its client. Only background responses can be steered.');
  }
  if (record.state === 'queued') throw stillQueued();
  if (isRunning && (await addInput(record, deps, { input, signal }))) return toSteered(id, null);
  const stored = await findStored(id, deps);
  const message = { type: 'message', role: 'user', content: input };
  const place = stored.conversationId ? { conversation: stored.conversationId } : { previous_response_id: stored.id };
  const response = await start({ ...toRequest(stored, [message]), ...place }, stored.tenant);
  return toSteered(id, response.id);
}

/** Resolves with whether the run has accepted the input. `false`: it ended before. */
async function addInput(
  { tenant, id: runId }: RunRecord,
  { store }: Pick<Services, 'store'>,
  { input, signal }: Pick<SteerOptions, 'input' | 'signal'>,
): Promise<boolean> {
  const id = createSteerId();
  if (!(await store.runs.addInput(tenant, runId, { id, input }))) return false;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limits.steerWaitMs)]);
  const matches = (event: string) => isAcceptance(event, id);
  const found = await untilLogged(store.runs, { tenant, id: runId, signal: limited, matches }).catch(() => 'aborted');
  if (found === 'aborted') throw unsupported('The run did not accept the input: it cannot be steered.');
  return found === 'found';
}

function isAcceptance(event: string, id: SteerId): boolean {
  if (!event.includes(id)) return false;
  const { type, steer }: { type: string; steer?: { id: string } } = JSON.parse(event);
  return type === 'response.steer.accepted' && steer?.id === id;
}

const toSteered = (runId: string, responseId: string | null): Schemas['SteeredRun'] => ({
  object: 'run.steered',
  run_id: runId,
  response_id: responseId,
});

const stillQueued = (): ApiError =>
  new ApiError('previous_response_in_progress', 'The run waits for its slot. Steer it once it runs, or cancel it.', {
    param: 'run_id',
  });

const unsupported = (message: string): ApiError => new ApiError('unsupported_value', message, { param: 'run_id' });
