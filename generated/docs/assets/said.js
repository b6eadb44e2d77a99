export function readSaid(data) {
    if (data === '[DONE]')
        return [];
    const event = JSON.parse(data);
    return Array.isArray(event['choices']) ? event['choices'].flatMap(fromChoice) : fromDelta(event);
}
const kinds = {
    'response.output_text.delta': 'text',
    'response.refusal.delta': 'refusal',
    'response.reasoning_text.delta': 'reasoning',
    'response.function_call_arguments.delta': 'arguments',
    'response.custom_tool_call_input.delta': 'input',
};
function fromDelta({ type, delta, output_index }) {
    const kind = kinds[String(type)];
    return kind && typeof delta === 'string' ? [{ key: `${kind} ${output_index}`, kind, piece: delta }] : [];
}
function fromChoice({ index, delta }) {
    const plain = { text: delta.content, refusal: delta.refusal, reasoning: delta.reasoning_content };
    const said = Object.entries(plain).map(([kind, piece]) => ({ key: `${kind} ${index}`, kind, piece: piece ?? '' }));
    const calls = (delta.tool_calls ?? []).map((call) => ({
        key: `call ${index} ${call.index}`,
        kind: 'arguments',
        piece: call.function?.arguments ?? call.custom?.input ?? '',
    }));
    return [...said, ...calls].filter(({ piece }) => piece !== '');
}
