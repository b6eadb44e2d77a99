import type { Schemas } from '../../contract/types.ts';
import type { ResponseId, SteerId } from '../../ids.ts';
import { toInputItems } from '../../items/to-input-items.ts';
import type { StoredResponse } from '../../store/response-store.ts';
import type { TraceContext } from '../../trace-context.ts';
import type { ResponseEvent, ResponseRequest, ResponseResource, ResponsesDeps } from '../responses-deps.ts';
import { packRequest } from '../run/stored-request.ts';
import type { Steer } from './steer-queue.ts';

/** The response that applies the steers of another one. */
export interface Successor {
  id: ResponseId;
  tenant: string;
  request: ResponseRequest;
  trace?: TraceContext | undefined;
}

/** A steered response: it is the parent of its successor. */
export interface SteeredResponse {
  tenant: string;
  sessionId: string;
  resource: Omit<ResponseResource, 'output'>;
}

/** Returns the id of the response that applies the steers, of which this is the first: it can begin only once. */
export const toSuccessorId = (first: SteerId): ResponseId => `resp_${first.slice('steer_'.length)}`;

/** Returns the steers as the input of a response. */
export function toSteerInput(steers: readonly Pick<Steer, 'input'>[]): Schemas['InputMessage'][] {
  return steers.flatMap(({ input }) =>
    typeof input === 'string' ? [{ type: 'message' as const, role: 'user' as const, content: input }] : input,
  );
}

/** Returns the successor of a response, which inherits the settings of its request. */
export function toSuccessor(
  parentId: ResponseId,
  { tenant, request, trace, steers }: Omit<Successor, 'id'> & { steers: readonly [Steer, ...Steer[]] },
): Successor {
  const input = toSteerInput(steers);
  return {
    id: toSuccessorId(steers[0].id),
    tenant,
    trace,
    request: { ...request, input, previous_response_id: parentId, stream: true },
  };
}

/**
 * Begins the run of a stored successor, before its parent ends: a server that dies in between leaves both to recovery,
 * and the parent never ends without its successor. `undefined`: it had begun before.
 */
export async function beginSuccessor(
  { id, tenant, request, trace }: Successor,
  { sessionId, resource }: SteeredResponse,
  { store, runs, sealer, expiresAt }: Pick<ResponsesDeps, 'store' | 'runs' | 'sealer' | 'expiresAt'>,
): Promise<ResponseResource | undefined> {
  if (await store.runs.read(tenant, id, { after: -1, limit: 1 })) return undefined;
  const started = toStart(resource, id);
  const { output, ...startedResource } = started;
  const stored: StoredResponse = {
    id,
    tenant,
    parentId: resource.id as ResponseId,
    conversationId: undefined,
    sessionId,
    createdAt: started.created_at,
    expiresAt: expiresAt(tenant),
    input: toInputItems(request.input),
    output,
    resource: startedResource,
  };
  const created: ResponseEvent = { type: 'response.created', sequence_number: 0, response: started };
  const packed = packRequest({ request, trace }, { sealer, tenant });
  const run = { id, tenant, owner: runs.server, request: packed, events: [JSON.stringify(created)] };
  await store.runs.begin(run, stored);
  return started;
}

/** Returns the successor as it starts: every setting in effect is that of its parent. */
function toStart(parent: SteeredResponse['resource'], id: ResponseId): ResponseResource {
  return {
    ...parent,
    id,
    created_at: Math.floor(Date.now() / 1000),
    completed_at: null,
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    output: [],
    previous_response_id: parent.id,
    usage: null,
  };
}
