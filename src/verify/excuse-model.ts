import { Failure, Inconclusive } from './outcomes.ts';
import { at, numberAt, parseJson } from './read-json.ts';
import type { Session } from './session.ts';

/**
 * Looks at what only a willing model makes possible: a forced call, an answer in a format. A server that says honestly
 * that its model failed to (502, or a `model_error`) is not to blame.
 */
export async function excuseModel<T>(session: Session, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (reason) {
    const { status, received = '' } = session.evidence ?? {};
    if (!(reason instanceof Failure) || status === undefined || status < 500) throw reason;
    const error = at(parseJson(received, 'the error'), 'error');
    if (status !== 502 && at(error, 'type') !== 'model_error' && at(error, 'code') !== 'model_error') throw reason;
    throw new Inconclusive(`the server says that the model failed: ${at(error, 'message')}`);
  }
}

/** The tokens that the audits of limits ask for at most: Open Responses allows no less. */
export const tokenLimit = 16;

/** An answer that ended by itself before the limit shows nothing of the limit. */
export function expectCut(body: unknown, usagePath: string): void {
  const tokens = at(body, usagePath) === undefined ? tokenLimit : numberAt(body, usagePath);
  if (tokens < tokenLimit) throw new Inconclusive(`the answer ended by itself after ${tokens} tokens`);
}
