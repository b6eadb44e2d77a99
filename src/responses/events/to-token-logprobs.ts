import type { AgentLogprob } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';

type Alternative = Omit<AgentLogprob, 'topLogprobs'>;

export function toTokenLogprobs(logprobs: readonly AgentLogprob[] | undefined): Schemas['TokenLogprob'][] {
  return logprobs?.map(toTokenLogprob) ?? [];
}

function toTokenLogprob(logprob: AgentLogprob): Schemas['TokenLogprob'] {
  return { ...toAlternative(logprob), top_logprobs: logprob.topLogprobs.map(toAlternative) };
}

/** The contract requires bytes; some agents report none. */
function toAlternative({ token, logprob, bytes }: Alternative): Schemas['TopLogprob'] {
  return { token, logprob, bytes: bytes ?? [...Buffer.from(token)] };
}
