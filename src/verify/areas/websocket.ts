import type { Area } from '../audit.ts';
import { outputText } from '../create-response.ts';
import { expectMemory } from '../expect-memory.ts';
import { openSocket, type Socket } from '../open-socket.ts';
import { Inconclusive } from '../outcomes.ts';
import { recall, remember } from '../prompts.ts';
import { eventOf, type ServerEvent, terminalOf, withEvent } from '../read-events.ts';
import { at, expectEqual, expectThat, textAt } from '../read-json.ts';
import { sentence, unknownId } from '../samples.ts';
import type { Session } from '../session.ts';

const frame = (session: Session, fields: object) => ({
  type: 'response.create',
  model: session.target.model,
  store: false,
  ...fields,
});

async function turn(session: Session, socket: Socket, fields: object): Promise<ServerEvent[]> {
  await socket.send(frame(session, fields));
  return socket.readTurn();
}

/** Returns the response of a turn. Fails unless the turn completed. */
function completed(events: readonly ServerEvent[]): unknown {
  const last = events.at(-1);
  expectThat(last?.type === 'response.completed', `the turn ended with ${last?.type}`);
  return at(last.value, 'response');
}

function expectErrorFrame(session: Session, events: readonly ServerEvent[]): ServerEvent {
  const error = eventOf(events, 'error');
  withEvent(error, () => session.check.schema('WebSocketErrorEvent', error.value));
  return error;
}

export const websocket: Area = {
  name: 'websocket',
  title: 'WebSocket',
  audits: [
    {
      id: 'websocket.turn',
      title: 'answers a response.create with the events of a stream, and the socket stays open',
      level: 'MUST',
      clause: 'Open Responses N11, N12',
      async run(session) {
        using socket = await openSocket(session);
        for (const _ of [1, 2]) {
          const events = await turn(session, socket, { input: session.target.prompts.say(sentence) });
          expectThat(events[0]?.type === 'response.created', `the first event is ${events[0]?.type}`);
          expectThat(outputText(completed(events)) !== '', 'the output has no text');
        }
      },
    },
    {
      id: 'websocket.events',
      title: 'sends the same events as HTTP: same fields, numbered from 0, no [DONE]',
      level: 'MUST',
      clause: 'Open Responses N12, L17',
      async run(session) {
        using socket = await openSocket(session);
        const events = await turn(session, socket, { input: session.target.prompts.say(sentence) });
        for (const [index, event] of events.entries()) {
          withEvent(event, () => {
            expectThat(event.value !== undefined, `a frame is "${event.data.slice(0, 40)}"`);
            if (!event.type.includes(':')) session.check.event('createResponse', event.value);
            expectEqual(event.value, 'sequence_number', index);
          });
        }
        // A [DONE] would arrive between this turn's terminal event and the next turn's first event.
        const next = await turn(session, socket, { input: session.target.prompts.say('Hi.') });
        expectThat(next[0]?.value !== undefined, `a frame is "${next[0]?.data.slice(0, 40)}"`);
      },
    },
    {
      id: 'websocket.chain',
      title: 'continues a response with store: false on its own connection',
      level: 'MUST',
      clause: 'Open Responses N17, N39',
      async run(session) {
        using socket = await openSocket(session);
        const first = completed(await turn(session, socket, { input: remember }));
        const fields = { input: recall, previous_response_id: textAt(first, 'id') };
        expectMemory(session, outputText(completed(await turn(session, socket, fields))));
      },
    },
    {
      id: 'websocket.unknown',
      title: 'answers previous_response_not_found, and accepts the next turn',
      level: 'MUST',
      clause: 'Open Responses N19, N25; Codex then sends its whole history',
      async run(session) {
        using socket = await openSocket(session);
        const events = await turn(session, socket, { input: 'Hello', previous_response_id: unknownId });
        const error = expectErrorFrame(session, events);
        withEvent(error, () => expectEqual(error.value, 'error.code', 'previous_response_not_found'));
        completed(await turn(session, socket, { input: session.target.prompts.say('Hi.') }));
      },
    },
    {
      id: 'websocket.evicts',
      title: 'drops a store: false response when a turn that continues it is refused',
      level: 'MUST',
      contract: 'open-responses',
      clause: 'Open Responses N20, N21',
      async run(session) {
        using socket = await openSocket(session);
        const first = completed(await turn(session, socket, { input: session.target.prompts.say('One.') }));
        const previous_response_id = textAt(first, 'id');
        const bad = [{ type: 'function_call_output', call_id: 'call_unknown', output: 'x' }];
        const refused = await turn(session, socket, { input: bad, previous_response_id });
        if (refused.at(-1)?.type !== 'error')
          throw new Inconclusive('the server accepted the turn that it should refuse');
        const events = await turn(session, socket, { input: 'Hello', previous_response_id });
        const error = expectErrorFrame(session, events);
        withEvent(error, () => expectEqual(error.value, 'error.code', 'previous_response_not_found'));
      },
    },
    {
      id: 'websocket.errors',
      title: 'answers an unreadable frame with an error that has a code and a message, and stays open',
      level: 'MUST',
      clause: 'Open Responses N25',
      async run(session) {
        using socket = await openSocket(session);
        await socket.send('{"type":');
        expectErrorFrame(session, await socket.readTurn());
        expectErrorFrame(session, await turn(session, socket, { input: 5 }));
        completed(await turn(session, socket, { input: session.target.prompts.say('Hi.') }));
      },
    },
    {
      id: 'websocket.order',
      title: 'answers two frames sequentially, in order',
      level: 'MUST',
      clause: 'Open Responses N13, N14, N15',
      async run(session) {
        using socket = await openSocket(session);
        const inputs = ['One.', 'Two.'].map((text) => session.target.prompts.say(text));
        await Promise.all(inputs.map((input) => socket.send(frame(session, { input }))));
        const ids: string[] = [];
        for (const _ of [1, 2]) {
          const events = await socket.readTurn();
          const id = textAt(events[0]?.value, 'response.id');
          const own = events.filter(({ value }) => at(value, 'response') !== undefined);
          for (const event of own) withEvent(event, () => expectEqual(event.value, 'response.id', id));
          terminalOf(events);
          ids.push(id);
        }
        expectThat(ids[0] !== ids[1], 'both turns return the same response');
      },
    },
  ],
};
