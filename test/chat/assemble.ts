import assert from 'node:assert/strict';
import type { AgentEvent, AgentUsage } from '../../src/agent/agent-client.ts';
import type { ChatChunk } from '../../src/chat/chat-deps.ts';
import { ChunkAssembler } from '../../src/chat/chunk-assembler.ts';
import { findOperation, StreamChecker } from '../helpers/contract-check.ts';

const usage: AgentUsage = { inputTokens: 5, cachedInputTokens: 2, outputTokens: 7, reasoningTokens: 3 };

/** The whole stream of a run, in batches, checked against the contract. */
export function assemble(batches: readonly AgentEvent[][], options = { includeUsage: true }): ChatChunk[][] {
  const assembler = new ChunkAssembler({ id: 'chatcmpl-1', created: 1_700_000_000, model: 'test' }, options);
  const chunks = batches.map((batch) => assembler.take(batch));
  chunks.push(assembler.end(options.includeUsage ? (assembler.usage ?? usage) : undefined));
  const operation = findOperation('POST', '/v1/chat/completions');
  assert.ok(operation);
  const checker = new StreamChecker(operation);
  for (const chunk of chunks.flat()) checker.event(undefined, JSON.stringify(chunk));
  checker.event(undefined, '[DONE]');
  checker.end();
  return chunks;
}

/** The batches as a use case hands them on. */
export async function* following<T>(batches: readonly T[]): AsyncGenerator<T> {
  yield* batches;
}
