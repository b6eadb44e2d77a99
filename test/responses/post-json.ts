import assert from 'node:assert/strict';
import { post } from '../helpers/talaria.ts';

/** Returns the reply to a request that the SDK cannot send, checked against the contract. It must succeed. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into the JSON that it expects
export async function postJson(url: string, body: unknown): Promise<any> {
  const reply = await post(url, body);
  const json = await reply.json();
  assert.equal(reply.status, 200, JSON.stringify(json));
  return json;
}
