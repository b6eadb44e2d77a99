import assert from 'node:assert/strict';
import { post } from '../helpers/talaria.ts';

/** The reply to what the SDK can't or won't send, checked against the contract. It must be a success. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into the JSON that it expects
export async function postJson(url: string, body: unknown): Promise<any> {
  const reply = await post(url, body);
  const json = await reply.json();
  assert.equal(reply.status, 200, JSON.stringify(json));
  return json;
}
