import type { ApiError } from '../../errors/api-error.ts';
import type { EventBatch } from '../../flow/event-batch.ts';
import type { Flow } from '../../flow/flow.ts';
import { createResponseId } from '../../ids.ts';
import { ToolSet } from '../../tools/tool-set.ts';
import { inOneBatch } from '../events/in-one-batch.ts';
import { ResponseAssembler } from '../events/response-assembler.ts';
import { toResource } from '../plan/to-resource.ts';
import type { ResponseEvent, ResponseRequest } from '../responses-deps.ts';

/**
 * Returns the events of a response that was refused after the head of its stream was sent: it begins, and fails. Like
 * any refused response it is not stored.
 */
export function toRefusedEvents(request: ResponseRequest, error: ApiError): Flow<EventBatch<ResponseEvent>> {
  const resource = toResource(request, {
    id: createResponseId(),
    createdAt: Math.floor(Date.now() / 1000),
    model: request.model ?? '',
    instructions: request.instructions ?? null,
    conversationId: undefined,
  });
  const options = { tools: new ToolSet(), reasoningAsSummary: false, seal: undefined };
  const assembler = new ResponseAssembler(resource, options);
  return inOneBatch([...assembler.start(), ...assembler.fail(error)]);
}
