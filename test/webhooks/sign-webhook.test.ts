import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { signWebhook } from '../../src/webhooks/sign-webhook.ts';
import { secret } from '../helpers/webhook-receiver.ts';

const toKey = (text: string) => Buffer.from(text.replace('whsec_', ''), 'base64');
const body = '{"id":"evt_1","type":"response.completed","data":{"name":"naïve 😀"}}';
const { webhooks } = new OpenAI({ apiKey: 'none', webhookSecret: secret });
const now = () => Math.floor(Date.now() / 1000);
const sign = (timestamp = now(), keys = [toKey(secret)]) => signWebhook({ id: 'wh_1', timestamp, body }, keys);

test('the signature is that of the example in Standard Webhooks', () => {
  const content = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' };
  assert.deepEqual(signWebhook(content, [toKey(secret)]), {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test("OpenAI's SDK accepts a signature, of any of several keys", async () => {
  assert.deepEqual(await webhooks.unwrap(body, sign()), JSON.parse(body));
  const other = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  const both = sign(now(), [toKey(other), toKey(secret)]);
  for (const key of [secret, other]) assert.ok(await webhooks.unwrap(body, both, key));
});

test("OpenAI's SDK refuses a changed body, id or key, and old and future timestamps", async () => {
  const rejects = (text: string, headers: Record<string, string>, key = secret) =>
    assert.rejects(webhooks.unwrap(text, headers, key), OpenAI.InvalidWebhookSignatureError);
  await rejects(body.replace('completed', 'cancelled'), sign());
  await rejects(body, { ...sign(), 'webhook-id': 'wh_2' });
  await rejects(body, sign(), `whsec_${Buffer.alloc(32, 1).toString('base64')}`);
  await rejects(body, sign(now() - 301));
  await rejects(body, sign(now() + 310));
});
