import type { ProbeReply } from '../../agent/upstream/upstream-probe.ts';

/** One small question for a model. */
export interface Question {
  prompt: string;
  maxTokens: number;
  isStreamed?: boolean;
  format?: { type: 'json_object' } | { type: 'json_schema'; schema: Record<string, unknown> };
  tool?: { name: string; description: string; parameters: Record<string, unknown> };
}

/** The contents of an answer. */
export interface Answer {
  text: string;
  /** The names of the called tools. */
  calls: string[];
  hasUsage: boolean;
  /** Whether the token limit ended it. */
  isCut: boolean;
}

/** How one API asks and answers. */
export interface Dialect {
  /** The operation below the base URL. */
  path: string;
  toBody(question: Question, model: string): Record<string, unknown>;
  readAnswer(reply: ProbeReply): Answer;
  /** Whether a streamed answer has its end, and not the end of its connection alone. */
  hasEnd(reply: ProbeReply): boolean;
}
