import type { Run, RunCall } from '../api/types.ts';

/** A step of a run. Times are in seconds since the run was accepted. */
export interface Bar {
  kind: 'queue' | 'model' | 'tool';
  name: string;
  start: number;
  answered: number | null;
  end: number;
  input: number | null;
  output: number | null;
  error: string | null;
}

/** A shorter wait for a slot isn't worth a bar. */
const shortestWait = 0.005;

/** Returns the bars of a timeline and its length. Steps without an end last to `now`, or to the end of the run. */
export function toBars(run: Run, calls: RunCall[], now: number | null): { bars: Bar[]; seconds: number } {
  const { created_at: zero, started_at: started, ended_at: ended } = run;
  const last = ended ?? now ?? Math.max(zero, ...calls.map((call) => call.ended_at ?? call.started_at));
  const since = (at: number | null): number => Math.max(0, (at ?? last) - zero);
  const wait = toWait(since(started));
  const bars = [...wait, ...calls.map((call) => toBar(call, since))];
  return { bars, seconds: Math.max(0.001, since(last), ...bars.map(({ end }) => end)) };
}

function toWait(end: number): Bar[] {
  const unknown = { answered: null, input: null, output: null, error: null };
  return end < shortestWait ? [] : [{ kind: 'queue', name: 'Waiting for a slot', start: 0, end, ...unknown }];
}

function toBar(call: RunCall, since: (at: number | null) => number): Bar {
  const { kind, name, server_label: server, input_tokens: input, output_tokens: output, error } = call;
  return {
    kind,
    name: server === null ? name : `${server} · ${name}`,
    start: since(call.started_at),
    answered: call.answered_at === null ? null : since(call.answered_at),
    end: since(call.ended_at),
    input,
    output,
    error,
  };
}
