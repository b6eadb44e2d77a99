import type { UpstreamSettings } from '../../config/upstream-settings.ts';
import type { AgentRequest } from '../agent-client.ts';

/** Whether the upstream is asked for a stream. Some servers count tokens only in plain answers. */
export function isStreamed({ watched }: Pick<AgentRequest, 'watched'>, settings: UpstreamSettings): boolean {
  return watched || settings.upstreamStream === 'always';
}
