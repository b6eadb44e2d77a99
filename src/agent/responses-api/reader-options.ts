import { toFlatName } from '../../tools/flat-name.ts';
import type { AgentRequest } from '../agent-client.ts';
import { type Fields, toFieldsList, toStringOf } from '../fields.ts';
import type { UpstreamContext } from '../upstream/upstream-format.ts';
import { isStoredUpstream } from './agent-state.ts';

export interface ReaderOptions {
  /** The agent's name. */
  agent: string;
  /** The flat names of the client's tools. The agent itself runs all others. */
  clientTools: ReadonlySet<string>;
  /** The items of the history and the input. */
  past: readonly Fields[];
  /** Whether the upstream stores its response. */
  isStored: boolean;
}

export function toReaderOptions(request: AgentRequest, context: UpstreamContext): ReaderOptions {
  const turn = request.responses?.();
  const names = turn ? turn.tools.flatMap(toNames) : request.tools.map((tool) => tool.name);
  return {
    agent: context.agent,
    clientTools: new Set(names),
    past: turn?.items ?? [],
    isStored: isStoredUpstream(turn, context),
  };
}

/** Returns the flat names of a tool that the client runs; those of a namespace are its members'. */
function toNames({ type, name, tools }: Fields): string[] {
  if (type === 'function' || type === 'custom') return [toFlatName(toStringOf(name))];
  if (type !== 'namespace') return [];
  return toFieldsList(tools).map((member) => toFlatName(toStringOf(member['name']), toStringOf(name)));
}
