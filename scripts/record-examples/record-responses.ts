import type { Recorder } from './recorder.ts';

type Requests = Record<string, Record<string, unknown>>;

const responses = '/v1/responses';

/** Records responses without streaming. `requests` are the example requests of the contract. */
export async function recordResponses(recorder: Recorder, requests: Requests): Promise<void> {
  const post = (name: string, body: unknown) => recorder.record(name, responses, { body });
  const text = await post('ResponseText', requests['ResponseRequestText']);
  await post('ResponseFunctionCall', requests['ResponseRequestFunction']);
  await post('ResponseReasoning', { input: '/reason The user greets me.\n/say Hello.' });
  await post('ResponseIncomplete', { input: 'Hello!', max_output_tokens: 16 });
  await post('ResponseRefusal', { input: "/refuse I can't help with that." });
  await post('ResponseContinued', { ...requests['ResponseRequestContinued'], previous_response_id: text.id });
  await post('ResponseStructured', requests['ResponseRequestStructured']);
  await recorder.record('ItemListInput', `${responses}/${text.id}/input_items`);
  await recorder.record('CountReply', `${responses}/input_tokens`, { body: requests['CountRequestText'] });
  await recorder.record('CompactReply', `${responses}/compact`, { body: requests['CompactRequestHistory'] });
  await recordToolLoop(recorder, requests['ResponseRequestFunction'] ?? {});
}

async function recordToolLoop(recorder: Recorder, request: Record<string, unknown>): Promise<void> {
  const call = await recorder.record('ToolLoopCall', responses, { body: request });
  const output = { type: 'function_call_output', call_id: call.output[0]?.call_id, output: '{"celsius":21}' };
  const body = { model: 'offline', previous_response_id: call.id, input: [output], tools: request['tools'] };
  await recorder.record('ToolLoopAnswer', responses, { body });
}

/** Records a stream of each kind. */
export async function recordResponseStreams(recorder: Recorder, requests: Requests): Promise<void> {
  const stream = (name: string, body: object = {}) =>
    recorder.record(name, responses, { body: { ...body, stream: true } });
  const text = await stream('ResponseStreamText', requests['ResponseRequestStreamed']);
  await stream('ResponseStreamFunctionCall', requests['ResponseRequestFunction']);
  await stream('ResponseStreamCustomCall', requests['ResponseRequestCustomTool']);
  await stream('ResponseStreamReasoning', { input: '/reason The user greets me.\n/say Hello.' });
  await stream('ResponseStreamRefusal', { input: "/refuse I can't." });
  await stream('ResponseStreamStructured', requests['ResponseRequestStructured']);
  await stream('ResponseStreamIncomplete', { input: '/say one two three four\n/limit 2' });
  await stream('ResponseStreamFailed', { input: '/say Hello there.\n/break after 1' });
  await stream('ResponseStreamBackground', { input: '/say Done.', background: true });
  const compaction = { ...requests['ResponseRequestCompaction'], previous_response_id: text.id };
  await stream('ResponseStreamCompaction', compaction);
  const after = '?stream=true&starting_after=6';
  await recorder.record('ResponseStreamResumed', `${responses}/${text.id}${after}`);
}

/** Records a background response: queued, running, cancelled, and the error for a request that continues it. */
export async function recordBackground(recorder: Recorder): Promise<void> {
  // The agent pauses after its first text, so cancelling always happens at the same position.
  const body = { input: '/say I have begun.\n/wait 60000ms', background: true };
  const { id } = await recorder.record('ResponseQueued', responses, { body });
  await untilText(recorder, `${responses}/${id}`, 'I have begun.');
  await recorder.record('ResponseInProgress', `${responses}/${id}`);
  await recorder.record('ErrorInProgress', responses, { body: { previous_response_id: id, input: 'And now?' } });
  await recorder.record('ResponseCancelled', `${responses}/${id}/cancel`, { method: 'POST' });
  await recorder.record('ResponseStreamCancelled', `${responses}/${id}?stream=true`);
}

/** Waits until the text is complete, at most half a minute. */
async function untilText(recorder: Recorder, path: string, text: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const { output } = JSON.parse((await recorder.send(path)).text);
    if (output[0]?.content[0]?.text === text) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The background response produced no text within 30 s.');
}
