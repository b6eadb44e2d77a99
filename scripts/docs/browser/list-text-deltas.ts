export interface TextDelta {
  /** Identifies the text that the piece belongs to. */
  key: string;
  kind: string;
  piece: string;
}

/** Lists the texts that an event appends to the output. */
export function listTextDeltas(data: string): TextDelta[] {
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

function fromDelta({ type, delta, output_index }: Record<string, unknown>): TextDelta[] {
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

function fromChoice({ index, delta }: Choice): TextDelta[] {
  const plain = { text: delta.content, refusal: delta.refusal, reasoning: delta.reasoning_content };
  const texts = Object.entries(plain).map(([kind, piece]) => ({ key: `${kind} ${index}`, kind, piece: piece ?? '' }));
  const calls = (delta.tool_calls ?? []).map((call) => ({
    key: `call ${index} ${call.index}`,
    kind: 'arguments',
    piece: call.function?.arguments ?? call.custom?.input ?? '',
  }));
  return [...texts, ...calls].filter(({ piece }) => piece !== '');
}
