import type { Random } from '../../helpers/random.ts';

type Item = Record<string, unknown>;

/** A call that a response made, as its client sees it. */
export interface MadeCall {
  type: 'function_call' | 'custom_tool_call';
  call_id: string;
}

export interface RandomTurn {
  input: string | Item[];
  /** Further fields of the request. */
  fields: Item;
  /** The model's answer: a chat completion's message, or how it fails. */
  answer: { message: Item; finish: string } | 'refused' | 'broken';
}

const texts = [
  'yes',
  'é€😀',
  'a "quoted" \\ud83d, {"reasoning_content":1}',
  'line\nbreak',
  ' ',
  '\u0000\u2028',
  '\ud800',
];
const pixel = 'data:image/png;base64,iVBORw0KGgo=';

/** Most turns are ordinary, so that chains grow long before they need their items. */
export function randomTurn(random: Random, calls: readonly MadeCall[], counter: () => number): RandomTurn {
  const pick = <Value>(values: readonly Value[]): Value => values[random(values.length)] as Value;
  const isRare = () => random(16) === 0;
  const text = () => `${pick(texts)} ${counter()}`;

  const output = ({ type, call_id }: MadeCall): Item => ({
    type: `${type}_output`,
    call_id,
    output: isRare()
      ? [
          { type: 'input_text', text: text() },
          { type: 'input_image', image_url: pixel },
        ]
      : pick(['', text()]),
  });

  const outputs = (): Item[] => {
    const all = calls.map(output);
    if (isRare()) all.reverse();
    if (isRare()) all.pop();
    if (isRare()) all.push(...all.slice(0, 1));
    if (isRare()) all.push({ type: 'function_call_output', call_id: 'unknown', output: 'x' });
    return all;
  };

  const message = (): Item => {
    const kinds: Item[] = [
      { role: 'user', content: text() },
      {
        role: 'user',
        content: [
          { type: 'input_text', text: text() },
          { type: 'input_text', text: text() },
        ],
      },
      { role: pick(['system', 'developer']), content: text() },
    ];
    const rare: Item[] = [
      { role: 'user', content: [{ type: 'input_image', image_url: pixel, detail: 'low' }] },
      { role: 'user', content: [{ type: 'input_file', filename: 'a.txt', file_data: 'data:text/plain;base64,YQ==' }] },
      { role: 'assistant', content: text() },
      { role: 'user', content: '' },
      { type: 'reasoning', id: `rs_${counter()}`, summary: [{ type: 'summary_text', text: text() }] },
      { type: 'function_call', call_id: `sent_${counter()}`, name: 'look', arguments: '{}' },
      { type: 'configuration_update', reasoning: { effort: 'low' } },
    ];
    return isRare() ? pick(rare) : pick([kinds[0], kinds[0], ...kinds] as Item[]);
  };

  const input = (): string | Item[] => {
    const messages = Array.from({ length: random(3) }, message);
    if (calls.length > 0 && !isRare()) return isRare() ? [...messages, ...outputs()] : [...outputs(), ...messages];
    return isRare() ? messages : [...messages, { role: 'user', content: text() }];
  };

  const call = (_: unknown, index: number): Item => {
    // Some upstreams number the calls of each answer from 0.
    const id = random(3) === 0 ? `call_${index}` : `call_x${counter()}`;
    const words = random(24) === 0 ? pick(['', 'no JSON', '[1]', '"{}"']) : JSON.stringify({ text: text() });
    return { id, type: 'function', function: { name: pick(['look', 'look', 'patch']), arguments: words } };
  };

  const answer = (): RandomTurn['answer'] => {
    if (isRare()) return pick(['refused', 'broken'] as const);
    const calling = random(2) === 0 ? { tool_calls: Array.from({ length: 1 + random(3) }, call) } : {};
    const content = 'tool_calls' in calling ? pick([null, '', text()]) : text();
    const reasoning = random(3) === 0 ? { reasoning_content: text() } : {};
    const refusal = isRare() ? { content: null, refusal: text() } : {};
    const finish = isRare() ? 'length' : 'tool_calls' in calling ? 'tool_calls' : 'stop';
    return { message: { role: 'assistant', content, ...reasoning, ...calling, ...refusal }, finish };
  };

  const fields: Item = {
    ...(random(3) === 0 ? { instructions: text() } : {}),
    ...(random(4) === 0 ? { truncation: 'auto' } : {}),
    ...(isRare() ? { context_management: [{ type: 'compaction', compact_threshold: pick([1000, 1_000_000]) }] } : {}),
    ...(isRare() ? { store: false } : {}),
  };
  return { input: input(), fields, answer: answer() };
}
