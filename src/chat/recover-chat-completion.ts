import { ApiError } from '../errors/api-error.ts';
import { toErrorBody } from '../errors/to-error-body.ts';
import type { ChatCompletionId } from '../ids.ts';
import { detach } from '../runs/detach.ts';
import { createAttemptsExceeded, createServerStopped, endOrphan, isTemporary } from '../runs/end-orphan.ts';
import type { OrphanedRun } from '../store/run-store.ts';
import type { ChatDeps } from './chat-deps.ts';
import { type PastChatRun, readPastRun } from './run/past-run.ts';
import { startChatCompletion } from './run/start-chat-completion.ts';
import { unpackRequest } from './run/stored-request.ts';

/**
 * Recovers a chat completion whose server died, or that could not be ended because of `error`. With `deps.resumes` it
 * continues at the first unfinished step of its journal, unless the reply that was cut has sent chunks: they cannot be
 * taken back. Otherwise it fails. Rejects when neither is possible now.
 */
export async function recoverChatCompletion(orphan: OrphanedRun, deps: ChatDeps, error?: ApiError): Promise<void> {
  const { tenant, id, request, attempts } = orphan;
  const isResumable = deps.resumes && !error && request !== undefined;
  const past = isResumable ? await readPastRun(deps.store.runs, tenant, id) : undefined;
  if (!past) return fail(orphan, deps, error ?? createServerStopped());
  if (attempts >= deps.attempts) return fail(orphan, deps, createAttemptsExceeded(attempts));
  await resumeOrFail(orphan, deps, past);
}

async function resumeOrFail(orphan: OrphanedRun, deps: ChatDeps, past: PastChatRun): Promise<void> {
  const { tenant, id, attempts } = orphan;
  const run = { tenant, id, owner: deps.runs.server };
  // Counted before the run resumes, which may end this process.
  if (!(await deps.store.runs.setAttempts(run, attempts + 1))) return;
  try {
    await resume(orphan, deps, past);
  } catch (reason) {
    const error = ApiError.from(reason);
    if (!isTemporary(error)) return fail(orphan, deps, error);
    await deps.store.runs.setAttempts(run, attempts);
    throw error;
  }
}

async function resume(orphan: OrphanedRun, deps: ChatDeps, past: PastChatRun): Promise<void> {
  const { tenant, attempts, request: text = '' } = orphan;
  // Only chat completions are recovered here.
  const id = orphan.id as ChatCompletionId;
  const { request, head, session, trace } = unpackRequest(text);
  const caller = { tenant, id, session, trace, includeUsage: head.usage === null, isDetached: true };
  const resumed = { ...past, head, attempt: attempts + 1 };
  await detach(deps.runs, { id }, (signal) =>
    startChatCompletion(request, deps, { ...caller, signal, resume: resumed }),
  );
}

function fail(orphan: OrphanedRun, deps: ChatDeps, error: ApiError): Promise<void> {
  const trace = orphan.request === undefined ? undefined : unpackRequest(orphan.request).trace;
  return endOrphan(orphan, deps, { event: toErrorBody(error), outcome: 'failed', error, facts: { trace } });
}
