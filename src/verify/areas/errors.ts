import type { Area } from '../audit.ts';
import { chatFields, user } from '../create-chat.ts';
import { responseFields } from '../create-response.ts';
import { expectEnvelope, expectOk, expectParam, expectRefusal } from '../expect-status.ts';
import { Skipped } from '../outcomes.ts';
import { at, expectEqual, expectThat } from '../read-json.ts';
import { refusedChat, unknownId } from '../samples.ts';
import type { Reply, Session } from '../session.ts';

const codes = 'OpenAI API reference: error codes';
const param = `${codes}, param names the field at fault, if any`;
const chatPath = '/chat/completions';

/** Statuses accepted for an unprocessable body. */
const badRequest = [400, 422];
const wrongKey = 'sk-talaria-verify-wrong-key';

async function refuse(session: Session, path: string, body: unknown): Promise<Reply> {
  return expectRefusal(session, await session.send('POST', path, { body }), badRequest);
}

export const errors: Area = {
  name: 'errors',
  title: 'Errors',
  audits: [
    {
      id: 'errors.envelope',
      title: 'answers errors with {"error": {message, type, param, code}}, all four',
      level: 'MUST',
      clause: 'Open Responses L2',
      async run(session) {
        const reply = await refusedChat(session);
        expectThat(reply.status >= 400, `the status is ${reply.status}`);
        expectEnvelope(session, reply);
      },
    },
    {
      id: 'errors.invalid-json',
      title: 'answers 400 or 422 to a body that is not JSON',
      level: 'MUST',
      clause: codes,
      async run(session) {
        expectEnvelope(
          session,
          await expectRefusal(session, await session.send('POST', chatPath, { body: '{"model":' }), [400, 422]),
        );
      },
    },
    {
      id: 'errors.missing',
      title: 'answers 400 to a chat without messages, and blames no other field',
      level: 'MUST',
      clause: param,
      async run(session) {
        expectParam(session, await refuse(session, chatPath, { model: session.target.model }), 'messages');
      },
    },
    {
      id: 'errors.chat-type',
      title: 'answers 400 to messages of the wrong type, and blames no other field',
      level: 'MUST',
      clause: param,
      async run(session) {
        expectParam(session, await expectRefusal(session, await refusedChat(session), badRequest), 'messages');
      },
    },
    {
      id: 'errors.response-type',
      title: 'answers 400 to a temperature that is not a number, and blames no other field',
      level: 'MUST',
      clause: param,
      async run(session) {
        expectParam(
          session,
          await refuse(session, '/responses', responseFields(session, { input: 'Hi', temperature: 'hot' })),
          'temperature',
        );
      },
    },
    {
      id: 'errors.nested',
      title: 'names a nested field by its path, such as messages[0].content[0].type',
      level: 'SHOULD',
      clause: param,
      async run(session) {
        const body = chatFields(session, { messages: [user([{ type: 'no-such-part', text: 'Hi' }])] });
        expectEqual((await refuse(session, chatPath, body)).body, 'error.param', 'messages[0].content[0].type');
      },
    },
    {
      id: 'errors.role',
      title: 'answers 400 to an unknown role',
      level: 'MUST',
      clause: codes,
      async run(session) {
        await refuse(session, chatPath, chatFields(session, { messages: [{ role: 'wizard', content: 'Hi' }] }));
      },
    },
    {
      id: 'errors.model',
      title: 'refuses an unknown model, or reports the model that answered',
      level: 'SHOULD',
      clause: `${codes}: model_not_found`,
      async run(session) {
        const model = 'no-such-model-of-talaria-verify';
        const reply = await session.send('POST', chatPath, {
          body: { model, messages: [user(session.target.prompts.say('Hi.'))] },
        });
        if (reply.status === 200) {
          const answered = at(reply.body, 'model');
          expectThat(answered === model, `it answers with another model, ${answered}, without reporting it`, 'model');
          session.note('the server answers under any model name');
        } else {
          await expectRefusal(session, reply, [400, 404]);
        }
      },
    },
    {
      id: 'errors.unknown-response',
      title: 'answers 404 for a response that does not exist',
      level: 'MUST',
      clause: codes,
      async run(session) {
        const reply = await session.send('GET', `/responses/${unknownId}`);
        expectEnvelope(session, await expectRefusal(session, reply, [404]));
      },
    },
    {
      id: 'errors.unknown-path',
      title: 'answers 404 with an envelope for a path that does not exist',
      level: 'SHOULD',
      clause: codes,
      async run(session) {
        const reply = await session.send('GET', '/no-such-path');
        expectThat(reply.status === 404, `the status is ${reply.status}, not 404`);
        expectEnvelope(session, reply);
      },
    },
    {
      id: 'errors.method',
      title: 'answers 405 to an unsupported method',
      level: 'SHOULD',
      clause: 'RFC 9110, 15.5.6',
      async run(session) {
        const reply = await session.send('DELETE', chatPath);
        expectThat(reply.status === 405, `the status is ${reply.status}, not 405`);
        expectThat(reply.headers.allow !== undefined, 'the reply has no Allow header');
      },
    },
    {
      id: 'errors.wrong-key',
      title: 'answers 401 to a wrong key',
      level: 'MUST',
      clause: `${codes}: invalid authentication`,
      async run(session) {
        await expectLocked(session, wrongKey);
      },
    },
    {
      id: 'errors.no-key',
      title: 'answers 401 to a request without a key',
      level: 'MUST',
      clause: `${codes}: invalid authentication`,
      async run(session) {
        await expectLocked(session, null);
      },
    },
    {
      id: 'errors.media-type',
      title: 'refuses a body with a content type other than JSON',
      level: 'SHOULD',
      clause: 'Open Responses N2; RFC 9110, 15.5.16',
      async run(session) {
        const options = { body: '<chat/>', headers: { 'content-type': 'application/xml' } };
        await expectRefusal(session, await session.send('POST', chatPath, options), [400, 415]);
      },
    },
    {
      id: 'errors.after',
      title: 'refuses bad bodies with 4xx, and answers normally after them',
      level: 'MUST',
      clause: codes,
      async run(session) {
        for (const body of ['{', '[]', 'null', '"text"', '{"messages":{}}', '{"model":5}']) {
          const { status } = await session.send('POST', chatPath, { body });
          expectThat(status >= 400 && status < 500, `the body ${body} is answered with ${status}`);
        }
        const body = chatFields(session, { messages: [user(session.target.prompts.say('Hi.'))] });
        await expectOk(session, await session.send('POST', chatPath, { body }));
      },
    },
  ],
};

async function expectLocked(session: Session, key: string | null): Promise<void> {
  if (session.target.key === undefined) throw new Skipped('--key is not set');
  const body = chatFields(session, { messages: [user(session.target.prompts.say('Hi.'))] });
  const reply = await session.send('POST', chatPath, { body, key });
  expectThat(reply.status === 401, `the status is ${reply.status}, not 401`);
  expectEnvelope(session, reply);
}
