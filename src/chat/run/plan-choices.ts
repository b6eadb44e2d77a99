import type { AgentRequest } from '../../agent/agent-client.ts';
import { createSessionId } from '../../ids.ts';
import { addExact } from '../../json/exact-numbers.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import { ChunkAssembler, type ChunkHead } from '../events/chunk-assembler.ts';

/** One answer of a completion. */
export interface Choice {
  request: AgentRequest;
  assembler: ChunkAssembler;
}

export interface ChoicePlan {
  head: ChunkHead;
  request: AgentRequest;
  tools: ToolSet;
}

/**
 * Plans `count` answers to one request. Each has its own session and its own seed: a shared seed would repeat the same answer.
 */
export function planChoices(count: number, { head, request, tools }: ChoicePlan): Choice[] {
  const shared = count === 1 ? request : { ...request, answers: count };
  return Array.from({ length: count }, (_, index) => ({
    request: index === 0 ? shared : toAlternative(shared, index),
    assembler: new ChunkAssembler(head, { index, tools }),
  }));
}

function toAlternative(request: AgentRequest, index: number): AgentRequest {
  const { seed } = request.settings;
  const settings = seed === undefined ? request.settings : { ...request.settings, seed: addExact(seed, index) };
  return { ...request, settings, sessionId: createSessionId() };
}
