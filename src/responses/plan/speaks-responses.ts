import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';

/** Resolves with whether the agent that answers a request speaks the Responses API. */
export async function speaksResponses(
  { model }: Pick<ResponseRequest, 'model'>,
  { agent }: Pick<ResponsesDeps, 'agent'>,
  signal: AbortSignal,
): Promise<boolean> {
  return (await agent.speaksResponses?.(model || undefined, { signal })) ?? false;
}
