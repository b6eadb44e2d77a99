import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOpenAI, type OpenAILanguageModelResponsesOptions } from '@ai-sdk/openai';
import { APICallError, generateText, type ModelMessage, streamText } from 'ai';
import { useServer } from './agents-under-test.ts';
import { type RecordedFetch, recordFetch } from './recorded-fetch.ts';

const thoughtful = '/reason First I think.\n/say Then I speak.';

describe('the AI SDK and server-side state', () => {
  const setup = useServer('offline agent', 'memory');
  const connect = () => {
    const recorded = recordFetch();
    const openai = createOpenAI({ baseURL: `${setup.url}/v1`, apiKey: 'none', fetch: recorded.fetch });
    return { model: openai.responses('any-name'), recorded };
  };
  const optionsOf = (openai: OpenAILanguageModelResponsesOptions) => ({ providerOptions: { openai } });

  it('references earlier items over two turns, and the server resolves them', async () => {
    const { model, recorded } = connect();
    const messages: ModelMessage[] = [{ role: 'user', content: thoughtful }];
    const first = await generateText({ model, messages });
    messages.push(...first.response.messages, { role: 'user', content: 'And now?' });
    const second = await generateText({ model, messages });
    assert.match(second.text, /Turn 2\. You said: And now\?/);
    assert.ok(typesSent(recorded).includes('item_reference'), 'this is what the test is about');
  });

  it('sends whole items when nothing is stored', async () => {
    const { model, recorded } = connect();
    const messages: ModelMessage[] = [{ role: 'user', content: thoughtful }];
    const include = ['reasoning.encrypted_content' as const];
    const options = optionsOf({ store: false, forceReasoning: true, reasoningSummary: 'auto', include });
    const first = await generateText({ model, messages, ...options });
    messages.push(...first.response.messages, { role: 'user', content: 'And now?' });
    const second = await generateText({ model, messages, ...options });
    assert.match(second.text, /Turn 2\./);
    assert.ok(!typesSent(recorded).includes('item_reference'));
    assert.ok(typesSent(recorded).includes('reasoning'));
  });

  it('continues a previous response', async () => {
    const { model } = connect();
    const first = await generateText({ model, prompt: 'one' });
    const previousResponseId = first.providerMetadata?.['openai']?.['responseId'];
    assert.ok(typeof previousResponseId === 'string');
    const second = await generateText({ model, prompt: 'two', ...optionsOf({ previousResponseId }) });
    assert.match(second.text, /Turn 2\. You said: two/);
  });

  it('continues a conversation', async () => {
    const { model } = connect();
    const { id: conversation } = await setup.openai.conversations.create();
    await generateText({ model, prompt: 'one', ...optionsOf({ conversation }) });
    const second = await streamText({ model, prompt: 'two', ...optionsOf({ conversation }) }).text;
    assert.match(second, /Turn 2\. You said: two/);
  });

  it('shows reasoning requested as a summary, non-streamed and streamed', async () => {
    const { model } = connect();
    const options = { model, prompt: thoughtful, ...optionsOf({ forceReasoning: true, reasoningSummary: 'auto' }) };
    assert.equal((await generateText(options)).reasoningText, 'First I think.');
    const streamed = streamText(options);
    assert.equal(await streamed.text, 'Then I speak.');
    assert.equal(await streamed.reasoningText, 'First I think.');
  });
});

describe('failures as the AI SDK reads them', () => {
  const setup = useServer('offline agent', 'memory');
  const connect = (api: 'chat' | 'responses') =>
    createOpenAI({ baseURL: `${setup.url}/v1`, apiKey: 'none', fetch: recordFetch().fetch })[api]('any-name');

  for (const api of ['responses', 'chat'] as const) {
    for (const { status, retryable } of [
      { status: 400, retryable: false },
      { status: 429, retryable: true },
      { status: 503, retryable: true },
    ]) {
      it(`reads an agent's ${status} from .${api}() as ${retryable ? 'worth' : 'not worth'} another try`, async () => {
        const options = { model: connect(api), maxRetries: 0, prompt: `/status ${status}` };
        await assert.rejects(generateText(options), (error) => {
          assert.ok(APICallError.isInstance(error), `${error}`);
          assert.equal(error.isRetryable, retryable);
          return true;
        });
      });
    }

    it(`learns from .${api}() that an agent broke off, streamed`, async () => {
      const errors: unknown[] = [];
      const prompt = '/say one two three four\n/break after 2';
      const onError = ({ error }: { error: unknown }) => void errors.push(error);
      const result = streamText({ model: connect(api), maxRetries: 0, prompt, onError });
      await result.consumeStream();
      assert.equal(errors.length, 1);
    });
  }
});

function typesSent(recorded: RecordedFetch): string[] {
  return recorded.last().body.input.map((item: { type?: string }) => item.type ?? 'message');
}
