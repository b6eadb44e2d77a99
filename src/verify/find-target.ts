import { openExchange } from './open-exchange.ts';
import { toPrompts } from './prompts.ts';
import { at } from './read-json.ts';
import type { Target } from './session.ts';

export interface VerifySettings {
  /** The server, with or without `/v1`. */
  url: URL;
  key?: string;
  otherKey?: string;
  model?: string;
  timeoutMs: number;
}

/** Nothing that speaks HTTP answers at the address. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** The model of a server that lists none, and of a run that names none. */
const anyModel = 'default';

/** Asks the server for its models: to learn that it is there, what to name, and whether it can be scripted. */
export async function findTarget(settings: VerifySettings): Promise<Target> {
  const base = toBase(settings.url);
  const models = await listModels(base, settings);
  const named = (id: string) => models.find((model) => at(model, 'id') === id);
  const offline = named('offline');
  const first = at(offline ?? models[0], 'id');
  const model = settings.model ?? (typeof first === 'string' ? first : anyModel);
  const isOffline = at(offline, 'owned_by') === 'talaria' && model === 'offline';
  return {
    base,
    model,
    timeoutMs: settings.timeoutMs,
    prompts: toPrompts(isOffline),
    ...(settings.key === undefined ? {} : { key: settings.key }),
    ...(settings.otherKey === undefined ? {} : { otherKey: settings.otherKey }),
  };
}

/** People give the address of the server or that of the API; both mean the same. */
export function toBase(url: URL): string {
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path.endsWith('/v1') ? path : `${path}/v1`}`;
}

/** Empty for a server that has no such list: what it says then is for the audits to judge. */
async function listModels(base: string, { key, timeoutMs }: VerifySettings): Promise<unknown[]> {
  const headers: Record<string, string> = {
    accept: '*/*',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const reply = await openExchange({ method: 'GET', url: new URL(`${base}/models`), headers }, signal);
    const chunks: Buffer[] = [];
    for await (const chunk of reply.chunks) chunks.push(chunk);
    return readList(Buffer.concat(chunks).toString());
  } catch (reason) {
    throw new UnreachableError(`${new URL(base).origin} can't be reached: ${describe(reason, signal)}.`);
  }
}

function readList(text: string): unknown[] {
  try {
    const data = at(JSON.parse(text), 'data');
    return Array.isArray(data) ? data : [];
  } catch {
    return [];
  }
}

function describe(reason: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'it does not answer';
  const code = reason instanceof Error && 'code' in reason ? `${reason.code}` : `${reason}`;
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
  if (code.startsWith('HPE_')) return `it does not speak HTTP (${code})`;
  return `the connection broke (${code})`;
}
