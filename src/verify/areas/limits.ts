import type { Area } from '../audit.ts';
import { chatFields, createChat, user } from '../create-chat.ts';
import { responseFields } from '../create-response.ts';
import { expectRefusal } from '../expect-status.ts';
import { Failure } from '../outcomes.ts';
import { expectThat } from '../read-json.ts';
import { verifyLimits } from '../verify-limits.ts';

export const limits: Area = {
  name: 'limits',
  title: 'Limits',
  audits: [
    {
      id: 'limits.large-body',
      title: `answers a body of ${verifyLimits.largeBodyBytes / 1024 / 1024} MB, with 413 or otherwise, and does not hang`,
      level: 'MUST',
      clause: 'RFC 9110, 15.5.14',
      async run(session) {
        const fields = {
          messages: [user(session.target.prompts.say('Hi.'))],
          padding: 'x'.repeat(verifyLimits.largeBodyBytes),
        };
        const body = JSON.stringify(chatFields(session, fields));
        const reply = await session.send('POST', '/chat/completions', { body }).catch((reason) => {
          // Closing the connection on an oversized body is acceptable; hanging is not.
          if (reason instanceof Failure && reason.message.includes('EPIPE')) return undefined;
          if (reason instanceof Failure && reason.message.includes('ECONNRESET')) return undefined;
          throw reason;
        });
        if (!reply) return session.note('a body that is too large has its connection closed, without an answer');
        expectThat(reply.status < 500, `the status is ${reply.status}`);
      },
    },
    {
      id: 'limits.deep-json',
      title: 'answers JSON that is nested ten thousand deep without a server error',
      level: 'MUST',
      clause: 'RFC 8259, 9: a parser may limit the depth',
      async run(session) {
        const depth = 10_000;
        const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
        const { status } = await session.send('POST', '/chat/completions', { body: `{"messages":${nested}}` });
        expectThat(status < 500, `the status is ${status}`);
        await createChat(session, { messages: [user(session.target.prompts.say('Hi.'))] });
      },
    },
    {
      id: 'limits.metadata',
      title: 'refuses metadata with more than 16 pairs',
      level: 'SHOULD',
      clause: 'OpenAI API reference: metadata',
      async run(session) {
        const metadata = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`key_${index}`, 'value']));
        const body = responseFields(session, { input: session.target.prompts.say('Hi.'), metadata });
        await expectRefusal(session, await session.send('POST', '/responses', { body }), [400]);
      },
    },
    {
      id: 'limits.parallel',
      title: 'answers twelve concurrent requests',
      level: 'MUST',
      clause: 'agents run side by side; 429 and 503 are answers, too',
      async run(session) {
        const body = chatFields(session, { messages: [user(session.target.prompts.say('Hi.'))] });
        const replies = await Promise.all(
          Array.from({ length: 12 }, () => session.send('POST', '/chat/completions', { body, mayBeBusy: true })),
        );
        for (const { status } of replies)
          expectThat([200, 429, 503].includes(status), `one of them is answered with ${status}`);
      },
    },
  ],
};
