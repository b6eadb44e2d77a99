import type { FuzzCase } from '../fuzz-case.ts';

const tool = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] };

/** A sound request whose name the hostile upstream makes an answer from. */
export async function runUpstreamCase(fuzz: FuzzCase): Promise<void> {
  const { random, name } = fuzz;
  fuzz.mayAgentFail = true;
  const stream = random.once(2);
  const hasTools = random.once(3);
  const key: Record<string, string> = random.once(6) ? { 'idempotency-key': name } : {};
  if (random.once(2)) {
    const tools = hasTools ? [{ type: 'function', function: { name: 'f', parameters: tool } }] : undefined;
    const logprobs = random.once(3) ? { logprobs: true, top_logprobs: 2 } : {};
    const options = random.once(3) && stream ? { stream_options: { include_usage: true } } : {};
    const messages = [{ role: 'user', content: name }];
    await fuzz.post(
      '/v1/chat/completions',
      { messages, stream, tools, ...logprobs, ...options, n: random.once(8) ? 2 : 1 },
      'a',
      key,
    );
    return;
  }
  const tools = hasTools ? [{ type: 'function', name: 'f', parameters: tool }] : undefined;
  const include = random.once(3) ? ['message.output_text.logprobs', 'reasoning.encrypted_content'] : [];
  const format = random.once(6) ? { text: { format: { type: 'json_object' } } } : {};
  const background = random.once(5);
  const answer = await fuzz.post(
    '/v1/responses',
    { input: name, stream, tools, include, background, ...format },
    'a',
    key,
  );
  const id = /resp_\w+/.exec(answer?.text ?? '')?.[0];
  if (id === undefined || !random.once(3)) return;
  // Reads it again as it was sent, and continues it.
  await fuzz.send({ method: 'GET', path: `/v1/responses/${id}${background ? '?stream=true' : ''}` });
  await fuzz.post('/v1/responses', { input: 'Go on', previous_response_id: id });
}
