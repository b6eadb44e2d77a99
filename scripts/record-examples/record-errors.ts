import type { Recorder } from './recorder.ts';
import { unknownId } from './stabilise.ts';

const responses = '/v1/responses';
const completions = '/v1/chat/completions';

/** Records one error for each kind of invalid request. */
export async function recordErrors(recorder: Recorder): Promise<void> {
  const respond = (name: string, body: unknown) => recorder.record(name, responses, { body });
  const chat = (name: string, body: unknown) => recorder.record(name, completions, { body });
  const hello = { role: 'user', content: 'Hello!' };
  await recorder.record('ErrorInvalidJson', responses, { raw: '{ "input": ' });
  await chat('ErrorMissingParameter', { model: 'offline' });
  await chat('ErrorInvalidType', { messages: [hello], temperature: 'hot' });
  const wrong = { role: 'user', content: [{ type: 'img' }] };
  await chat('ErrorInvalidValue', { messages: [hello, { role: 'assistant', content: 'Hi.' }, wrong] });
  await respond('ErrorUnsupportedParameter', { prompt: { id: 'pmpt_1' } });
  const orphan = { type: 'function_call_output', call_id: `call_${unknownId}`, output: '21' };
  await respond('ErrorOutputWithoutCall', { input: [orphan] });
  await respond('ErrorEncryptedContent', { input: [{ type: 'compaction', encrypted_content: 'changed' }] });
  await respond('ErrorPreviousResponseNotFound', { previous_response_id: `resp_${unknownId}`, input: 'Hello!' });
  const body = 'Hello!';
  await recorder.record('ErrorMediaType', responses, { raw: body, headers: { 'content-type': 'text/plain' } });
  await recorder.record('ErrorTooLarge', responses, { raw: ' '.repeat(33_554_433) });
  await recorder.record('ErrorOrigin', responses, { raw: '{}', headers: { origin: 'https://elsewhere.example' } });
  await recorder.record('ErrorHost', '/v1/models', { headers: { host: 'talaria.example' } });
  await recordNotFound(recorder);
  await recordAgentErrors(recorder);
  await recordConflict(recorder);
}

async function recordNotFound(recorder: Recorder): Promise<void> {
  await recorder.record('ErrorResponseNotFound', `${responses}/resp_${unknownId}`);
  await recorder.record('ErrorConversationNotFound', `/v1/conversations/conv_${unknownId}`);
  await recorder.record('ErrorChatCompletionNotFound', `${completions}/chatcmpl-${unknownId}`);
  await recorder.record('ErrorRunNotFound', `/admin/v1/runs/resp_${unknownId}`);
  await recorder.record('ErrorModelNotFound', '/v1/models/nope');
  const { id } = JSON.parse((await recorder.send('/v1/conversations', { body: {} })).text);
  await recorder.record('ErrorItemNotFound', `/v1/conversations/${id}/items/msg_${unknownId}`);
}

async function recordAgentErrors(recorder: Recorder): Promise<void> {
  const statuses = { ErrorRefused: 422, ErrorRateLimit: 429, ErrorUpstream: 500, ErrorTimeout: 504 };
  for (const [name, status] of Object.entries(statuses)) {
    await recorder.record(name, responses, { body: { input: `/status ${status}` } });
  }
}

async function recordConflict(recorder: Recorder): Promise<void> {
  const headers = { 'idempotency-key': 'order-66' };
  await recorder.send(responses, { headers, body: { input: 'Hello!' } });
  await recorder.record('ErrorIdempotencyKey', responses, { headers, body: { input: 'Something else.' } });
}
