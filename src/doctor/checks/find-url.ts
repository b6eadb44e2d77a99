import { isUnauthorized, toModelIds } from '../reply.ts';
import type { Subject } from '../subject.ts';

/** The bases that OpenAI-compatible APIs use. */
const usualBases = ['/v1', '/openai/v1', '/api/v1', '/compatible-mode/v1', '/v1beta/openai'];
const operations = /\/(chat\/completions|completions|responses|models)$/;

/** Looks for the API elsewhere on the agent's host. Returns the right base URL, `undefined` if it is not found. */
export async function findUrl(subject: Subject): Promise<string | undefined> {
  const { basePath } = subject;
  const shortened = basePath.replace(operations, '');
  const candidates = new Set([shortened, `${shortened}/v1`, ...usualBases, '']);
  candidates.delete(basePath);
  for (const base of candidates) {
    const reply = await subject.get(`${base}/models`).catch(() => undefined);
    if (reply !== undefined && (isUnauthorized(reply) || toModelIds(reply) !== undefined)) return subject.urlOf(base);
  }
  return undefined;
}
