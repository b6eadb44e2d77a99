import type { Area } from '../audit.ts';
import { createResponse, leaveStream, outputText } from '../create-response.ts';
import { expectEcho } from '../expect-echo.ts';
import { expectMemory } from '../expect-memory.ts';
import { expectEnvelope, expectGone, expectOk, expectParam, expectRefusal } from '../expect-status.ts';
import { recall, remember } from '../prompts.ts';
import { terminalOf, terminalTypes } from '../read-events.ts';
import { at, expectEqual, expectSame, expectThat, listAt, numberAt, textAt } from '../read-json.ts';
import { unknownId } from '../samples.ts';
import type { Session } from '../session.ts';

const state = 'OpenAI API reference: conversation state';

/** Creates a stored response. */
const keep = async (session: Session, fields: object) =>
  (await createResponse(session, { store: true, ...fields })).body;
const say = (session: Session, text: string) => ({ input: session.target.prompts.say(text) });
const get = (session: Session, id: string) => session.send('GET', `/responses/${id}`);

/** The first turn, with a fact to remember. Shared by all audits that continue it. */
const first = (session: Session) => session.sample('first turn', (own) => keep(own, { input: remember }));

/** Passes when a turn saw the previous one. Its input token count decides when the model's answer doesn't. */
async function expectContinued(session: Session, response: unknown): Promise<void> {
  const text = outputText(response);
  if (session.target.prompts.remembers(text)) return;
  const alone = (await createResponse(session, { input: recall })).body;
  const inputTokens = 'usage.input_tokens';
  expectMemory(session, text, numberAt(response, inputTokens) <= numberAt(alone, inputTokens));
}

export const chains: Area = {
  name: 'chains',
  title: 'Stored responses, chains and forks',
  audits: [
    {
      id: 'chains.retrieve',
      title: 'retrieves a stored response unchanged',
      level: 'MUST',
      clause: 'OpenAI API reference: get a model response',
      async run(session) {
        const made = await keep(session, say(session, 'Keep this.'));
        const { body } = await expectOk(session, await get(session, textAt(made, 'id')));
        session.check.body('getResponse', body);
        for (const field of ['id', 'status', 'output', 'model']) expectSame(body, field, at(made, field));
      },
    },
    {
      id: 'chains.follow',
      title: 'continues a response by previous_response_id with its history',
      level: 'MUST',
      clause: 'Open Responses N39',
      async run(session) {
        const id = textAt(await first(session), 'id');
        const next = await keep(session, { input: recall, previous_response_id: id });
        expectEcho(session, next, 'previous_response_id', id);
        await expectContinued(session, next);
      },
    },
    {
      id: 'chains.fork',
      title: 'lets two responses continue the same response',
      level: 'MUST',
      clause: `${state}; a response can be continued any number of times`,
      async run(session) {
        const id = textAt(await first(session), 'id');
        const children = [];
        for (const word of ['left', 'right']) {
          children.push(await keep(session, { ...say(session, word), previous_response_id: id }));
        }
        for (const child of children) {
          const next = { input: recall, previous_response_id: textAt(child, 'id') };
          expectThat(outputText(await keep(session, next)) !== '', 'a branch has no answer', 'output');
        }
      },
    },
    {
      id: 'chains.read-your-write',
      title: 'stores a streamed response before sending its terminal event',
      level: 'MUST',
      clause: `${state}; clients send the next turn at once`,
      async run(session) {
        const until = ({ type }: { type: string }) => terminalTypes.includes(type);
        const events = await leaveStream(session, { ...say(session, 'One.'), store: true }, { until });
        if (events.length === 0) await createResponse(session, say(session, 'One.'));
        const id = textAt(terminalOf(events).value, 'response.id');
        await createResponse(session, { ...say(session, 'Two.'), previous_response_id: id });
      },
    },
    {
      id: 'chains.instructions',
      title: "applies a turn's own instructions",
      level: 'MUST',
      clause: 'OpenAI API reference: instructions, with previous_response_id',
      async run(session) {
        const one = await keep(session, { ...say(session, 'One.'), instructions: 'Be brief.' });
        const previous_response_id = textAt(one, 'id');
        const two = await keep(session, { ...say(session, 'Two.'), previous_response_id, instructions: 'Be kind.' });
        expectEqual(two, 'instructions', 'Be kind.');
        const three = await keep(session, { ...say(session, 'Three.'), previous_response_id });
        const carried = at(three, 'instructions') === 'Be brief.';
        session.note(
          `instructions ${carried ? 'carry over to a turn without any (at OpenAI they do not)' : 'do not carry over'}`,
        );
      },
    },
    {
      id: 'chains.unknown',
      title: 'refuses to continue a response that does not exist, and names the parameter',
      level: 'MUST',
      clause: 'OpenAI: previous_response_not_found; Codex then sends the whole history',
      async run(session) {
        const body = { model: session.target.model, input: 'Hello', previous_response_id: unknownId };
        const reply = await expectRefusal(session, await session.send('POST', '/responses', { body }), [400, 404]);
        expectParam(session, reply, 'previous_response_id');
        expectEqual(reply.body, 'error.code', 'previous_response_not_found');
      },
    },
    {
      id: 'chains.not-stored',
      title: 'does not store a response with store: false',
      level: 'MUST',
      clause: 'OpenAI API reference: store',
      async run(session) {
        const { body } = await createResponse(session, { ...say(session, 'Forget this.'), store: false });
        expectEcho(session, body, 'store', false);
        const reply = await expectRefusal(session, await get(session, textAt(body, 'id')), [404]);
        expectEnvelope(session, reply);
      },
    },
    {
      id: 'chains.delete',
      title: 'deletes a response, then answers 404',
      level: 'MUST',
      clause: 'OpenAI API reference: delete a model response',
      async run(session) {
        const id = textAt(await keep(session, say(session, 'Delete this.')), 'id');
        const reply = await expectOk(session, await session.send('DELETE', `/responses/${id}`));
        expectEqual(reply.body, 'id', id);
        expectEqual(reply.body, 'deleted', true);
        expectGone(await get(session, id));
      },
    },
    {
      id: 'chains.delete-parent',
      title: 'continues a chain after its first response was deleted',
      level: 'SHOULD',
      clause: `${state}; tidying up must not break a conversation`,
      async run(session) {
        const one = textAt(await keep(session, { input: remember }), 'id');
        const two = textAt(await keep(session, { ...say(session, 'Two.'), previous_response_id: one }), 'id');
        await expectOk(session, await session.send('DELETE', `/responses/${one}`));
        await createResponse(session, { ...say(session, 'Three.'), previous_response_id: two });
      },
    },
    {
      id: 'chains.input-items',
      title: 'lists the input of a stored response, newest first',
      level: 'MUST',
      clause: 'OpenAI API reference: list input items',
      async run(session) {
        const { body } = await listInput(session, '');
        session.check.body('listInputItems', body);
        const texts = listAt(body, 'data').map((item) => at(item, 'content[0].text'));
        expectThat(texts.length === 3, `the list has ${texts.length} items, not 3`, 'data');
        expectThat(texts.at(-1) === 'one', `the last item says ${texts.at(-1)}, not "one"`, 'data');
      },
    },
    {
      id: 'chains.input-pages',
      title: 'pages through the input by limit, after and order',
      level: 'MUST',
      clause: 'OpenAI API reference: list input items, limit, after, order',
      async run(session) {
        const { body: page } = await listInput(session, '?order=asc&limit=2');
        expectThat(listAt(page, 'data').length === 2, 'the first page does not have 2 items', 'data');
        expectEqual(page, 'has_more', true);
        expectEqual(page, 'data[0].content[0].text', 'one');
        const after = encodeURIComponent(textAt(page, 'last_id'));
        const { body: rest } = await listInput(session, `?order=asc&limit=2&after=${after}`);
        expectThat(listAt(rest, 'data').length === 1, 'the second page does not have the remaining item', 'data');
        expectEqual(rest, 'has_more', false);
      },
    },
    {
      id: 'chains.reference',
      title: 'resolves an item_reference to a stored item',
      level: 'MUST',
      clause: 'OpenAI API reference: item reference; the AI SDK sends one for each earlier answer',
      async run(session) {
        const made = await keep(session, say(session, 'Refer to this.'));
        const item = { type: 'item_reference', id: textAt(made, 'output[-1].id') };
        const input = [
          { role: 'user', content: 'Hello' },
          item,
          { role: 'user', content: session.target.prompts.say('Hi.') },
        ];
        await createResponse(session, { input });
      },
    },
  ],
};

/** Three input items of one response. */
async function listInput(session: Session, query: string) {
  const made = await session.sample('three inputs', (own) => {
    const content = own.target.prompts.say('three');
    return keep(own, {
      input: [...['one', 'two'].map((text) => ({ role: 'user', content: text })), { role: 'user', content }],
    });
  });
  return expectOk(session, await session.send('GET', `/responses/${textAt(made, 'id')}/input_items${query}`));
}
