import type { RecordingUpstream } from './recording-upstream.ts';

/** The effect of something that the contracts name. */
export type Verdict =
  | { kind: 'supported' }
  /** The reply reports it as sent, with no other effect. */
  | { kind: 'reported' }
  | { kind: 'ignored' }
  | { kind: 'refused'; status: number; code: string };

export interface Probe {
  method: string;
  /** Below `/v1`, with its query. */
  path: string;
  body?: object;
}

interface Observation {
  status: number;
  code: string;
  /** The fields of the reply, each as comparable text; a stream is one field. */
  fields: Map<string, string>;
  /** The requests to the agent, as comparable text. */
  asked: string;
  /** The stored resource with the id in the reply, or the items of a conversation. */
  stored: Map<string, string>;
}

export interface Prober {
  /** Compares a request with the same one without the probed part. */
  compare(probed: Probe, plain: Probe, name: string): Promise<Verdict>;
  /** Sends a request that must succeed. Returns the reply. */
  send(probe: Probe): Promise<ReturnType<typeof JSON.parse>>;
  /** Returns the status and code of an error reply, `undefined` for a success. */
  refusal(probe: Probe): Promise<Extract<Verdict, { kind: 'refused' }> | undefined>;
}

export function createProber(url: string, upstream: RecordingUpstream): Prober {
  const fetchProbe = ({ method, path, body }: Probe) =>
    fetch(`${url}/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const observe = async (probe: Probe): Promise<Observation> => {
    upstream.take();
    const reply = await fetchProbe(probe);
    const text = await reply.text();
    const asked = toComparable(JSON.stringify(upstream.take()));
    const path = toStoredPath(text);
    const stored = path ? toFields(await (await fetchProbe({ method: 'GET', path })).text()) : new Map();
    return { status: reply.status, code: codeOf(text), fields: toFields(text), asked, stored };
  };
  const refusal = async (probe: Probe) => toRefusal(await observe(probe));
  return {
    refusal,
    async compare(probed, plain, name) {
      const without = await observe(plain);
      if (without.status !== 200)
        throw new Error(`The plain request for ${name} got ${without.status} ${without.code}.`);
      const found = await observe(probed);
      return toRefusal(found) ?? toVerdict(found, without, name);
    },
    async send(probe) {
      const reply = await fetchProbe(probe);
      const text = await reply.text();
      if (!reply.ok) throw new Error(`${probe.method} ${probe.path}: ${reply.status} ${text}`);
      return JSON.parse(text);
    },
  };
}

function toRefusal({ status, code }: Observation): Extract<Verdict, { kind: 'refused' }> | undefined {
  return status < 400 ? undefined : { kind: 'refused', status, code };
}

function toVerdict(found: Observation, without: Observation, name: string): Verdict {
  if (found.asked !== without.asked) return { kind: 'supported' };
  const changed = [...listChanged(found.fields, without.fields), ...listChanged(found.stored, without.stored)];
  if (changed.length === 0) return { kind: 'ignored' };
  return changed.every((field) => field === name) ? { kind: 'reported' } : { kind: 'supported' };
}

function listChanged(found: Map<string, string>, without: Map<string, string>): string[] {
  const names = new Set([...found.keys(), ...without.keys()]);
  return [...names].filter((name) => found.get(name) !== without.get(name));
}

function toStoredPath(text: string): string | undefined {
  const id = /"id":"((?:resp_|chatcmpl-|conv_)\w+)"/.exec(text)?.[1];
  if (id?.startsWith('resp_')) return `/responses/${id}`;
  if (id?.startsWith('conv_')) return `/conversations/${id}/items`;
  return id && `/chat/completions/${id}`;
}

function codeOf(text: string): string {
  return /"code":"(\w+)"/.exec(text)?.[1] ?? '';
}

function toFields(text: string): Map<string, string> {
  if (!text.startsWith('{')) return new Map([['(stream)', toComparable(text)]]);
  return new Map(Object.entries(JSON.parse(text)).map(([name, value]) => [name, toComparable(JSON.stringify(value))]));
}

/** Returns the text without ids, times and sealed text, which differ each time. */
function toComparable(text: string): string {
  return text
    .replaceAll(/\b([a-z]+)[_-][0-9a-f]{32}\b/g, '$1')
    .replaceAll(/"(created|created_at|completed_at)":\d+/g, '"$1":0')
    .replaceAll(/\btlr2_[\w-]+/g, 'sealed')
    .replaceAll(/^\d{10}$/g, '0');
}
