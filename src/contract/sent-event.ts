import type { Schemas } from './types.ts';

/** The events of the contract that this server never sends, each with the reason. `*` stands for any ending. */
export const unsentEvents = {
  error: 'a failure ends a stream in response.failed',
  keepalive: 'idle streams get comments',
  'response.compaction.compacting': 'a compaction item is added once its summary is complete',
  'response.output_text.annotation.added': 'no agent gives citations',
  'response.web_search_call.*': 'no hosted tools',
  'response.file_search_call.*': 'no hosted tools',
  'response.code_interpreter_call*': 'no hosted tools',
  'response.image_generation_call.*': 'no hosted tools',
  'response.shell_call_*': 'no hosted tools',
  'response.mcp_*': 'MCP servers are not built',
  'response.audio.*': 'no agent speaks',
} as const;

type ToType<Pattern> = Pattern extends `${infer Start}*` ? `${Start}${string}` : Pattern;

/**
 * An event of a response that this server sends. An event that the contract adds is sent, unless it is listed above: it
 * does not compile until the fold, the replay and the recording reader handle it.
 */
export type SentEvent = Exclude<Schemas['ResponseStreamEvent'], { type: ToType<keyof typeof unsentEvents> }>;
