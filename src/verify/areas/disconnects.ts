import { setTimeout as delay } from 'node:timers/promises';
import type { Area } from '../audit.ts';
import { isRunning } from '../background-run.ts';
import { chatFields, createChat, user } from '../create-chat.ts';
import { createResponse, leaveStream } from '../create-response.ts';
import { Failure, Inconclusive } from '../outcomes.ts';
import { readEvents, terminalTypes } from '../read-events.ts';
import { at, expectThat } from '../read-json.ts';
import type { Session } from '../session.ts';
import { verifyLimits } from '../verify-limits.ts';

const clause = 'HTTP: a client may leave at any time';

export const disconnects: Area = {
  name: 'disconnects',
  title: 'Client disconnects',
  audits: [
    {
      id: 'disconnects.chat',
      title: 'keeps serving after a client disconnects from a chat stream',
      level: 'MUST',
      clause,
      async run(session) {
        const messages = [user(session.target.prompts.long())];
        const body = chatFields(session, { messages, stream: true });
        const open = await session.open('POST', '/chat/completions', { body });
        if (open.status === 200) for await (const _event of readEvents(open.chunks)) break;
        open.close();
        await createChat(session, { messages: [user(session.target.prompts.say('Hi.'))] });
      },
    },
    {
      id: 'disconnects.response',
      title: 'keeps serving after a client disconnects from a response stream',
      level: 'MUST',
      clause,
      async run(session) {
        await leave(session, false);
        await createResponse(session, { input: session.target.prompts.say('Hi.') });
      },
    },
    {
      id: 'disconnects.stored',
      title: 'settles a stored response after its client disconnects: readable, or 404',
      level: 'MUST',
      clause: `${clause}; nothing stays in progress for ever`,
      async run(session) {
        const id = await leave(session, true);
        const deadline = Date.now() + session.target.timeoutMs;
        for (;;) {
          const { status, body } = await session.send('GET', `/responses/${id}`);
          expectThat(status === 200 || status === 404, `the status is ${status}, neither 200 nor 404`);
          if (status === 404 || !isRunning(body)) return;
          if (Date.now() >= deadline) break;
          await delay(verifyLimits.pollMs);
        }
        expectThat(!session.target.prompts.exact, 'it stays in progress', 'status');
        // A server may let the run complete, which can take long with a real model.
        throw new Inconclusive('it is still in progress');
      },
    },
    {
      id: 'disconnects.plain',
      title: 'keeps serving after a client disconnects before its reply',
      level: 'MUST',
      clause,
      async run(session) {
        const own = new AbortController();
        const messages = [user(session.target.prompts.long())];
        const body = chatFields(session, { messages });
        const left = session.send('POST', '/chat/completions', { body, signal: own.signal }).catch((reason) => {
          if (!(reason instanceof Failure)) throw reason;
        });
        await delay(50);
        own.abort();
        await left;
        await createChat(session, { messages: [user(session.target.prompts.say('Hi.'))] });
      },
    },
  ],
};

/** Starts a long stream and disconnects at its first delta. Returns the id of the response. */
async function leave(session: Session, store: boolean): Promise<string> {
  const fields = { input: session.target.prompts.long(), store };
  const events = await leaveStream(session, fields, {
    until: ({ type }) => type.endsWith('.delta') || terminalTypes.includes(type),
  });
  if (events.length === 0) await createResponse(session, fields);
  const id = at(events[0]?.value, 'response.id');
  if (typeof id !== 'string') throw new Inconclusive('the stream has no response id');
  return id;
}
