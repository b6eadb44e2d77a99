import { pause } from '../agent/abort.ts';
import type { RunOptions } from '../agent/agent-client.ts';
import type { Plan } from '../agent/offline/step.ts';
import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import type { WireFault } from '../exchange.ts';
import type { RuleFault } from './reply/compile-reply.ts';

type Context = Pick<RunOptions, 'signal' | 'exchange'>;

/** The faults of the connection, as the contract names them. The others are those of the agent. */
const wireKinds: Record<Exclude<RuleFault['kind'], 'error'>, WireFault['kind']> = {
  reset: 'reset',
  close: 'close',
  end: 'end',
  hang: 'hang',
  malformed: 'malformed',
  no_done: 'no-done',
};

/** Plays a fault that comes before the answer. Resolves if the answer is played all the same. */
export async function startFault(fault: RuleFault, context: Context): Promise<void> {
  if ((fault.after ?? 0) > 0) return;
  await play(fault, { ...context, isMidway: false });
  // Without a reply that it could disturb, the run fails.
  if (fault.kind === 'reset' || fault.kind === 'close') {
    throw new ApiError('upstream_error', 'A rule breaks the connection.', { isLogged: true });
  }
}

/** Returns the cue of a fault that comes after a part of the answer. */
export function toCue(fault: RuleFault, context: Context): Pick<Plan, 'cue'> {
  const { after = 0 } = fault;
  return after > 0 ? { cue: { after, play: () => play(fault, { ...context, isMidway: true }) } } : {};
}

async function play(fault: RuleFault, { signal, exchange, isMidway }: Context & { isMidway: boolean }): Promise<void> {
  const { kind, frame } = fault;
  if (kind === 'error') throw new ApiError('upstream_error', 'A rule makes the agent fail.', { isLogged: true });
  exchange?.disturb({ kind: wireKinds[kind], isMidway, ...(frame === undefined ? {} : { frame }) });
  if (kind !== 'hang') return;
  await pause(limits.faultHangMs, signal);
  throw new ApiError('upstream_timeout', 'A rule keeps the agent silent.', { isLogged: true });
}
