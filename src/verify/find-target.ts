import { explainRefusal, isAbsent, isDown } from './explain-refusal.ts';
import type { Pacer } from './pacer.ts';
import { type Probe, type ProbeOptions, probe, UnreachableError } from './probe.ts';
import { toPrompts } from './prompts.ts';
import { at } from './read-json.ts';
import { createRedactor } from './redact.ts';
import type { Target } from './session.ts';

export interface VerifySettings {
  /** The server's URL, with or without `/v1`. */
  url: URL;
  key?: string;
  otherKey?: string;
  model?: string;
  /** Sent with every request, by lower-case name. */
  headers?: Record<string, string>;
  timeoutMs: number;
}

/** Used when neither the server nor the options name a model. */
const anyModel = 'default';

const chatPath = '/chat/completions';
const responsePath = '/responses';

/** Models named in an error message. */
const shownModels = 5;

/** Invalid for every server, so nothing runs; a missing key is still reported. Some answer it with a server error. */
const refusedBody = { messages: 0, input: 0 };

/**
 * Lists the server's models, to choose one and to detect a scriptable agent. Rejects with an
 * UnreachableError when every audit would fail for the same reason.
 */
export async function findTarget(settings: VerifySettings, pacer: Pacer): Promise<Target> {
  const base = toBase(settings.url);
  const { key, otherKey, timeoutMs } = settings;
  const headers = settings.headers ?? {};
  const options = { base, key, headers, timeoutMs, pacer, model: settings.model ?? anyModel };
  const probes = await look(options, '--key');
  if (otherKey !== undefined) await look({ ...options, key: otherKey }, '--other-key');
  const models = listModels(probes);
  const named = (id: string) => models.find((model) => at(model, 'id') === id);
  const offline = named('offline');
  const first = at(offline ?? models[0], 'id');
  const model = settings.model ?? (typeof first === 'string' ? first : anyModel);
  if (!named(model)) await tryModel(probes, { ...options, model });
  const isOffline = at(offline, 'owned_by') === 'talaria' && model === 'offline';
  return {
    base,
    headers,
    model,
    timeoutMs,
    prompts: toPrompts(isOffline),
    ...(key === undefined ? {} : { key }),
    ...(otherKey === undefined ? {} : { otherKey }),
  };
}

/** Accepts the URL of the server or that of the API. */
export function toBase(url: URL): string {
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path.endsWith('/v1') ? path : `${path}/v1`}`;
}

/** Probes the paths that a server should have. Rejects when nothing is left to audit. */
async function look(options: ModelOptions, keyOption: string): Promise<Probe[]> {
  const settled = await Promise.allSettled([
    probe('/models', options),
    probe(chatPath, options, refusedBody),
    probe(responsePath, options, refusedBody),
  ]);
  const probes = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (probes.length === 0 && settled[0].status === 'rejected') throw settled[0].reason;
  const present = probes.filter((one) => !isAbsent(one));
  if (present.every(isDown)) probes.push(...(await probeModel(present, options)));
  const refusal = explainRefusal(probes, {
    base: options.base,
    keyOption: options.key === undefined ? undefined : keyOption,
  });
  if (refusal !== undefined) throw new UnreachableError(refusal);
  return probes;
}

/** Returns the listed models, or none: the audits judge a missing list. */
function listModels(probes: readonly Probe[]): unknown[] {
  const data = at(probes.find(({ path }) => path === '/models')?.body, 'data');
  return Array.isArray(data) ? data : [];
}

interface ModelOptions extends ProbeOptions {
  model: string;
}

/** Sends a minimal valid request to the first path that is served. Returns the reply, if any. */
async function probeModel(probes: readonly Probe[], options: ModelOptions): Promise<Probe[]> {
  const served = probes.find((one) => one.path !== '/models' && !isAbsent(one));
  if (!served) return [];
  const text = 'Reply with OK.';
  const fields =
    served.path === chatPath ? { messages: [{ role: 'user', content: text }] } : { input: text, store: false };
  return probe(served.path, options, { model: options.model, ...fields }).then(
    (reply) => [reply],
    () => [],
  );
}

/** Rejects when the model of a minimal request is refused. An unlisted model may still work. */
async function tryModel(probes: readonly Probe[], options: ModelOptions): Promise<void> {
  const { model } = options;
  const [reply] = await probeModel(probes, options);
  // Any other answer leaves something to audit.
  if (!reply || ![400, 404, 422].includes(reply.status) || !isAboutModel(reply, model)) return;
  const names = listModels(probes).map((one) => at(one, 'id'));
  const others = names.length > shownModels ? ` and ${names.length - shownModels} more` : '';
  const listed = names.length === 0 ? 'no models' : `${names.slice(0, shownModels).join(', ')}${others}`;
  const message = at(reply.body, 'error.message') ?? 'without a message';
  const line = `${options.base} rejects the model "${model}" (${reply.status}: ${message}). It lists ${listed}.`;
  throw new UnreachableError(createRedactor([options.key ?? '', ...Object.values(options.headers)])(line));
}

/** Whether an error blames the model, by its code, its parameter or its words. */
function isAboutModel({ body }: Probe, model: string): boolean {
  const error = at(body, 'error');
  const message = `${at(error, 'message') ?? JSON.stringify(body)}`;
  const isNamed = at(error, 'code') === 'model_not_found' || at(error, 'param') === 'model';
  return isNamed || /\bmodels?\b/i.test(message) || message.includes(model);
}
