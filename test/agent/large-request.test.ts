import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTalaria } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { send } from '../http/send.ts';

test('a large request reaches the upstream complete, even when it is retried', async () => {
  await using upstream = await startUpstream();
  await using server = await startTalaria({ AGENT_URL: upstream.url });
  const text = 'aé😀'.repeat(200_000);
  const messages = [
    { role: 'user', content: text },
    { role: 'user', content: 'status 503 retry-after 0 times 2\nsay Read' },
  ];
  const reply = await send(`${server.url}/v1/chat/completions`, { body: { model: 'test-model', messages } });
  assert.equal(reply.status, 200, reply.text);
  const sent = upstream.requests.map(({ body }) => body.messages[0].content === text);
  assert.deepEqual(sent, [true, true, true]);
});
