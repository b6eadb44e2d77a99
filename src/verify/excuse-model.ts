import { Failure, Inconclusive } from './outcomes.ts';
import { at, numberAt, parseJson } from './read-json.ts';
import type { Session } from './session.ts';

/**
 * Runs a check that depends on the model's cooperation: a forced call, a formatted answer. Throws Inconclusive when the
 * server reports that its model failed (502, or a `model_error`).
 */
export async function excuseModel<T>(session: Session, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (reason) {
    const { status, received = '' } = session.evidence ?? {};
    if (!(reason instanceof Failure) || status === undefined || status < 500) throw reason;
    const error = at(parseJson(received, 'the error'), 'error');
    if (status !== 502 && at(error, 'type') !== 'model_error' && at(error, 'code') !== 'model_error') throw reason;
    throw new Inconclusive(`the server reports a failed model: ${at(error, 'message')}`);
  }
}

/** The token limit of the audits: the smallest that Open Responses allows. */
export const tokenLimit = 16;

/** Throws Inconclusive for an answer that ended before the limit. */
export function expectCut(body: unknown, usagePath: string): void {
  const tokens = at(body, usagePath) === undefined ? tokenLimit : numberAt(body, usagePath);
  if (tokens < tokenLimit) throw new Inconclusive(`the answer ended after ${tokens} tokens`);
}
