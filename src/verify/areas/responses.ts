import type { Area } from '../audit.ts';
import { createResponse, outputText } from '../create-response.ts';
import { expectCut } from '../excuse-model.ts';
import { expectOk } from '../expect-status.ts';
import { at, expectEqual, expectThat, listAt, numberAt, ofType, textAt } from '../read-json.ts';
import { cutResponse, plainResponse, sentence } from '../samples.ts';

const reference = 'OpenAI API reference: create response';

export const responses: Area = {
  name: 'responses',
  title: 'Responses',
  audits: [
    {
      id: 'responses.shape',
      title: 'sends every required field of a response',
      level: 'MUST',
      clause: `${reference}, the response object`,
      async run(session) {
        session.check.body('createResponse', (await plainResponse(session)).body);
      },
    },
    {
      id: 'responses.content-type',
      title: 'sends a non-streamed reply as application/json',
      level: 'MUST',
      clause: `${reference}; Open Responses N3`,
      async run(session) {
        const type = `${(await plainResponse(session)).headers['content-type']}`;
        expectThat(/^application\/json\b/i.test(type), `the content-type is ${type}`);
      },
    },
    {
      id: 'responses.text',
      title: 'completes with an assistant message that has the text',
      level: 'MUST',
      clause: `${reference}, the response object`,
      async run(session) {
        const { body } = await plainResponse(session);
        expectEqual(body, 'object', 'response');
        expectEqual(body, 'status', 'completed');
        const text = outputText(body);
        expectThat(text !== '', 'the output has no text', 'output');
        if (session.target.prompts.exact) expectThat(text === sentence, `the text is "${text}"`, 'output');
        expectEqual(ofType(listAt(body, 'output'), 'message')[0], 'role', 'assistant');
      },
    },
    {
      id: 'responses.annotations',
      title: 'sends a list of annotations with each output text, empty or not',
      level: 'MUST',
      clause: `${reference}, annotations; AI SDK and LangChain throw without it`,
      async run(session) {
        for (const message of ofType(listAt((await plainResponse(session)).body, 'output'), 'message')) {
          for (const part of ofType(listAt(message, 'content'), 'output_text')) listAt(part, 'annotations');
        }
      },
    },
    {
      id: 'responses.items',
      title: 'gives each output item a unique id and a status',
      level: 'MUST',
      clause: `${reference}, output: a message has an id and a status; Open Responses N57, N58`,
      async run(session) {
        const items = listAt((await plainResponse(session)).body, 'output');
        for (const item of ofType(items, 'message')) expectEqual(item, 'status', 'completed');
        const ids = items.map((item) => textAt(item, 'id'));
        expectThat(!ids.includes('') && new Set(ids).size === ids.length, `the ids are ${ids.join(', ')}`, 'output');
      },
    },
    {
      id: 'responses.usage',
      title: 'reports usage whose total is the sum',
      level: 'MUST',
      clause: `${reference}, usage`,
      async run(session) {
        const { body } = await plainResponse(session);
        expectThat(numberAt(body, 'usage.output_tokens') > 0, 'there are no output tokens', 'usage.output_tokens');
        const sum = numberAt(body, 'usage.input_tokens') + numberAt(body, 'usage.output_tokens');
        expectEqual(body, 'usage.total_tokens', sum);
      },
    },
    {
      id: 'responses.echo',
      title: 'echoes the settings of the request',
      level: 'MUST',
      clause: `${reference}: the response object has the request's settings`,
      async run(session) {
        const settings = {
          instructions: 'Be brief.',
          metadata: { purpose: 'verify' },
          max_output_tokens: 512,
          store: false,
        };
        const { body } = await createResponse(session, { ...settings, input: session.target.prompts.say('Hi.') });
        for (const [name, value] of Object.entries(settings)) expectEqual(body, name, value);
      },
    },
    {
      id: 'responses.incomplete',
      title: 'ends incomplete at max_output_tokens, and reports the reason',
      level: 'MUST',
      clause: `${reference}, incomplete_details`,
      async run(session) {
        const { body } = await cutResponse(session);
        if (at(body, 'status') === 'completed') expectCut(body, 'usage.output_tokens');
        expectEqual(body, 'status', 'incomplete');
        expectEqual(body, 'incomplete_details.reason', 'max_output_tokens');
      },
    },
    {
      id: 'responses.incomplete-item',
      title: 'has an incomplete item only as the last item of an incomplete response',
      level: 'MUST',
      contract: 'open-responses',
      clause: 'Open Responses N27',
      async run(session) {
        const { body } = await cutResponse(session);
        if (at(body, 'status') === 'completed') expectCut(body, 'usage.output_tokens');
        const statuses = listAt(body, 'output').map((item) => at(item, 'status'));
        expectThat(!statuses.slice(0, -1).includes('incomplete'), 'items follow an incomplete item', 'output');
        if (statuses.includes('incomplete')) expectEqual(body, 'status', 'incomplete');
        expectThat(statuses.at(-1) !== 'completed', 'the truncated item is completed', 'output[-1].status');
      },
    },
    {
      id: 'responses.input-list',
      title: 'accepts messages of every role with typed parts',
      level: 'MUST',
      clause: `${reference}, input; Codex sends developer and user messages`,
      async run(session) {
        const message = (role: string, text: string, type = 'input_text') => ({
          type: 'message',
          role,
          content: [{ type, text }],
        });
        const input = [
          message('developer', 'Be exact.'),
          message('system', 'Be brief.'),
          message('user', 'Hello.'),
          message('assistant', 'Hello!', 'output_text'),
          message('user', session.target.prompts.say(sentence)),
        ];
        expectThat(
          outputText((await createResponse(session, { input })).body) !== '',
          'the output has no text',
          'output',
        );
      },
    },
    {
      id: 'responses.model',
      title: 'reports a model',
      level: 'MUST',
      clause: `${reference}, model`,
      async run(session) {
        expectThat(textAt((await plainResponse(session)).body, 'model') !== '', 'the model is empty', 'model');
      },
    },
    {
      id: 'responses.input-tokens',
      title: 'counts the tokens of an input without running it',
      level: 'SHOULD',
      clause: 'OpenAI API reference: get input token counts',
      async run(session) {
        const body = { model: session.target.model, input: sentence };
        const reply = await expectOk(session, await session.send('POST', '/responses/input_tokens', { body }));
        session.check.body('countInputTokens', reply.body);
        expectThat(numberAt(reply.body, 'input_tokens') > 0, 'it counts no tokens', 'input_tokens');
      },
    },
    {
      id: 'responses.compact',
      title: 'compacts a history into items that the next response accepts',
      level: 'SHOULD',
      clause: 'OpenAI API reference: compact a response',
      async run(session) {
        const input = [
          { role: 'user', content: 'My name is Ada.' },
          { role: 'assistant', content: 'Hello Ada.' },
        ];
        const body = { model: session.target.model, input };
        const reply = await expectOk(session, await session.send('POST', '/responses/compact', { body }));
        session.check.body('compactResponse', reply.body);
        const items = listAt(reply.body, 'output');
        expectThat(ofType(items, 'compaction').length > 0, 'the output has no compaction item', 'output');
        const next = [...items, { role: 'user', content: session.target.prompts.say('Hi.') }];
        await createResponse(session, { input: next });
      },
    },
  ],
};
