import type { AgentModel } from '../agent/agent-client.ts';
import type { Schemas } from '../contract/types.ts';

export function toModel({ id, created, ownedBy }: AgentModel): Schemas['Model'] {
  return { id, object: 'model', created, owned_by: ownedBy, permission: [], root: id, parent: null };
}
