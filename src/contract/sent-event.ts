import type { Schemas } from './types.ts';

/** The reason of events that this server passes on, and so may send. */
export const passed = 'passed on from an agent that speaks the Responses API';

/** The events of the contract that this server never makes, each with the reason. `*` stands for any ending. */
export const unsentEvents = {
  error: 'a failure ends a stream in response.failed',
  keepalive: 'idle streams get comments',
  'response.compaction.compacting': 'a compaction item is added once its summary is complete',
  'response.web_search_call.*': passed,
  'response.file_search_call.*': passed,
  'response.code_interpreter_call*': passed,
  'response.image_generation_call.*': passed,
  'response.shell_call_output_content.*': passed,
  'response.audio.*': 'no agent speaks',
} as const;

type ToType<Pattern> = Pattern extends `${infer Start}*` ? `${Start}${string}` : Pattern;

/**
 * An event of a response that this server makes itself. An event that the contract adds is sent, unless it is listed above: it
 * does not compile until the fold, the replay and the recording reader handle it.
 */
export type SentEvent = Exclude<Schemas['ResponseStreamEvent'], { type: ToType<keyof typeof unsentEvents> }>;
