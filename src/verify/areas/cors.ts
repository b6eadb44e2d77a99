import type { Area } from '../audit.ts';
import { chatFields, createChat, user } from '../create-chat.ts';
import { expectOk } from '../expect-status.ts';
import { expectThat } from '../read-json.ts';
import type { Reply } from '../session.ts';

/** A page on the developer's machine. Any server that serves browsers should allow this origin. */
const origin = 'http://localhost:3000';
const clause = 'Fetch standard, CORS; the openai SDK in a browser';

function expectAllowed({ headers }: Reply): void {
  const allowed = headers['access-control-allow-origin'];
  expectThat(allowed === '*' || allowed === origin, `access-control-allow-origin is ${allowed ?? 'missing'}`);
}

export const cors: Area = {
  name: 'cors',
  title: 'Browsers',
  audits: [
    {
      id: 'cors.preflight',
      title: `answers a preflight from ${origin} without a key, and allows the SDKs' headers`,
      level: 'SHOULD',
      clause,
      async run(session) {
        const asked = ['authorization', 'content-type', 'x-stainless-lang'];
        const headers = {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': asked.join(','),
        };
        const reply = await session.send('OPTIONS', '/chat/completions', { headers, key: null });
        expectThat(reply.status >= 200 && reply.status < 300, `the status is ${reply.status}`);
        expectAllowed(reply);
        const allowed = `${reply.headers['access-control-allow-headers']}`.toLowerCase();
        for (const name of asked) expectThat(allowed.includes(name), `access-control-allow-headers lacks ${name}`);
      },
    },
    {
      id: 'cors.reply',
      title: 'lets a page read replies',
      level: 'SHOULD',
      clause,
      async run(session) {
        const messages = [user(session.target.prompts.say('Hi.'))];
        expectAllowed(await createChat(session, { messages }, { headers: { origin } }));
      },
    },
    {
      id: 'cors.stream',
      title: 'lets a page read streams',
      level: 'SHOULD',
      clause,
      async run(session) {
        const messages = [user(session.target.prompts.say('Hi.'))];
        const body = chatFields(session, { messages, stream: true });
        const reply = await session.send('POST', '/chat/completions', { body, headers: { origin } });
        expectAllowed(await expectOk(session, reply));
      },
    },
    {
      id: 'cors.error',
      title: 'lets a page read errors',
      level: 'SHOULD',
      clause: `${clause} shows "Connection error" otherwise`,
      async run(session) {
        const reply = await session.send('POST', '/chat/completions', { body: '{', headers: { origin } });
        expectThat(reply.status >= 400, `the status is ${reply.status}`);
        expectAllowed(reply);
      },
    },
  ],
};
