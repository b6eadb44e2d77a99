/** A message of a fragment: the form that is the same in all dialects of Chat Completions that need no adaptation. */
export type PlainMessage =
  | { role: 'user'; content: string | { type: 'text'; text: string }[] }
  | { role: 'assistant'; content: string | null; reasoning_content?: string; tool_calls?: PlainCall[] }
  | { role: 'tool'; tool_call_id: string; content: string };

export interface PlainCall {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}
