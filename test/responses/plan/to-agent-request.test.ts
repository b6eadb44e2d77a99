import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { post, startTalaria } from '../../helpers/talaria.ts';

describe('a response to an input that says nothing', () => {
  for (const [what, input] of [
    ['an empty text', ''],
    ['no items', []],
    ['a message without text', [{ role: 'user', content: '' }]],
    ['a message without parts', [{ role: 'user', content: [] }]],
    [
      'a last message without text',
      [
        { role: 'user', content: 'hello' },
        { role: 'assistant', content: 'hi' },
        { role: 'user', content: '' },
      ],
    ],
    ['an empty system message alone', [{ role: 'system', content: '' }]],
  ] as const) {
    it(`is refused: ${what}`, async () => {
      await using server = await startTalaria();
      const reply = await post(`${server.url}/v1/responses`, { input });
      assert.equal(reply.status, 400);
      assert.deepEqual(await reply.json(), {
        error: {
          message: 'No user message found in input',
          type: 'invalid_request_error',
          param: 'input',
          code: 'invalid_value',
        },
      });
    });
  }

  it('is answered when its last item is a picture or the result of a tool', async () => {
    await using server = await startTalaria();
    const picture = { type: 'input_image', image_url: 'data:image/png;base64,AAAA' };
    const call = { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' };
    for (const input of [
      [{ role: 'user', content: [picture] }],
      [{ role: 'user', content: 'look' }, call, { type: 'function_call_output', call_id: 'call_1', output: '' }],
    ]) {
      assert.equal((await post(`${server.url}/v1/responses`, { input })).status, 200);
    }
  });
});
