export interface Said {
  /** What the pieces belong to: those of one item are one text. */
  key: string;
  kind: string;
  piece: string;
}

/** What an event adds to the answer, for people to read. */
export function readSaid(data: string): Said[] {
  if (data === '[DONE]') return [];
  const event: Record<string, unknown> = JSON.parse(data);
  return Array.isArray(event['choices']) ? event['choices'].flatMap(fromChoice) : fromDelta(event);
}

const kinds: Record<string, string> = {
  'response.output_text.delta': 'text',
  'response.refusal.delta': 'refusal',
  'response.reasoning_text.delta': 'reasoning',
  'response.function_call_arguments.delta': 'arguments',
  'response.custom_tool_call_input.delta': 'input',
};

function fromDelta({ type, delta, output_index }: Record<string, unknown>): Said[] {
  const kind = kinds[String(type)];
  return kind && typeof delta === 'string' ? [{ key: `${kind} ${output_index}`, kind, piece: delta }] : [];
}

interface Choice {
  index: number;
  delta: {
    content?: string;
    refusal?: string;
    reasoning_content?: string;
    tool_calls?: { index: number; function?: { arguments?: string }; custom?: { input?: string } }[];
  };
}

function fromChoice({ index, delta }: Choice): Said[] {
  const plain = { text: delta.content, refusal: delta.refusal, reasoning: delta.reasoning_content };
  const said = Object.entries(plain).map(([kind, piece]) => ({ key: `${kind} ${index}`, kind, piece: piece ?? '' }));
  const calls = (delta.tool_calls ?? []).map((call) => ({
    key: `call ${index} ${call.index}`,
    kind: 'arguments',
    piece: call.function?.arguments ?? call.custom?.input ?? '',
  }));
  return [...said, ...calls].filter(({ piece }) => piece !== '');
}
