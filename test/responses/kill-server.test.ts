import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { useDirectory } from '../clients/agents-under-test.ts';
import { spawnTalaria } from '../helpers/spawn-talaria.ts';

const model = 'any-name';

describe('a server that is killed', () => {
  it('has, after its restart, every response that a client saw complete before', async () => {
    await using stack = new AsyncDisposableStack();
    const settings = { STORE_URL: `sqlite:${join(await useDirectory(stack), 'test.db')}`, LOG_LEVEL: 'silent' };

    const before = stack.use(await spawnTalaria(settings));
    const plain = await before.openai.responses.create({ model, input: 'one' });
    const stream = await before.openai.responses.create({
      model,
      input: 'two',
      previous_response_id: plain.id,
      stream: true,
    });
    let streamed = '';
    for await (const event of stream) {
      if (event.type !== 'response.completed') continue;
      streamed = event.response.id;
      // The moment the client knows of it, and before the stream has ended.
      before.process.kill('SIGKILL');
      break;
    }
    assert.equal(await before.kill('SIGKILL'), 'SIGKILL');

    const restarted = stack.use(await spawnTalaria(settings));
    const stored = await restarted.openai.responses.retrieve(plain.id);
    assert.equal(stored.output_text, plain.output_text);
    const third = await restarted.openai.responses.create({ model, input: 'three', previous_response_id: streamed });
    assert.match(third.output_text, /Turn 3\./);
    const fork = await restarted.openai.responses.create({ model, input: 'two', previous_response_id: plain.id });
    assert.match(fork.output_text, /Turn 2\./);
  });
});
