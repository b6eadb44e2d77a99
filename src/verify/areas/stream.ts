import type { Area } from '../audit.ts';
import { Shortfall } from '../outcomes.ts';
import { eventsOf, type ServerEvent, terminalTypes, withEvent } from '../read-events.ts';
import { at, expectEqual, expectThat, ofType, textAt } from '../read-json.ts';
import { callStream, textStream } from '../samples.ts';
import { endAudits } from './stream-ends.ts';

const streaming = 'OpenAI API reference: streaming events';

/** Audits of the stream as a whole: framing, numbering, first and terminal event. */
export const stream: Area = {
  name: 'stream',
  title: 'Responses, streamed: the frame',
  audits: [
    {
      id: 'stream.content-type',
      title: 'is text/event-stream',
      level: 'MUST',
      clause: `${streaming}; Open Responses N4`,
      async run(session) {
        const type = `${(await textStream(session)).headers['content-type']}`;
        expectThat(/^text\/event-stream\b/i.test(type), `the content-type is ${type}`);
      },
    },
    {
      id: 'stream.shape',
      title: 'sends every required field in events of known types',
      level: 'MUST',
      clause: streaming,
      async run(session) {
        const { events } = await textStream(session);
        // Missing calls are the concern of the tool audits.
        const calls = await callStream(session).then(
          (stream) => stream.events,
          () => [],
        );
        for (const event of [...events, ...calls]) {
          if (session.check.eventTypes.has(event.type)) {
            withEvent(event, () => session.check.event('createResponse', event.value));
          }
        }
      },
    },
    {
      id: 'stream.known-types',
      title: 'has only events of known or prefixed types',
      level: 'MUST',
      clause: "Open Responses N63, N67; openai's responses.stream() throws at an unknown type",
      async run(session) {
        for (const event of (await textStream(session)).events) {
          const isKnown = session.check.eventTypes.has(event.type) || event.type.includes(':');
          withEvent(event, () => expectThat(isKnown, 'the type is unknown', 'type'));
        }
      },
    },
    {
      id: 'stream.event-field',
      title: "sets each event field to the event's type",
      level: 'MUST',
      contract: 'open-responses',
      clause: 'Open Responses N6; the SDKs read the type',
      async run(session) {
        for (const event of (await textStream(session)).events) {
          withEvent(event, () =>
            expectThat(event.name === event.type, `the event field is ${event.name ?? 'missing'}`),
          );
        }
      },
    },
    {
      id: 'stream.done',
      title: 'ends with data: [DONE], once and last',
      level: 'MUST',
      contract: 'open-responses',
      clause: "Open Responses N5; OpenAI's own streams of responses end without it",
      async run(session) {
        const { ending } = await textStream(session);
        expectThat(ending.join() === '[DONE]', `the stream ends with ${ending.join() || 'no [DONE]'}`);
      },
    },
    {
      id: 'stream.no-id-field',
      title: 'has no id fields',
      level: 'SHOULD',
      clause: 'Open Responses N7',
      async run(session) {
        const line = /^id:.*$/m.exec((await textStream(session)).text)?.[0];
        expectThat(line === undefined, `the stream has the line "${line}"`);
      },
    },
    {
      id: 'stream.sequence',
      title: 'numbers the events from 0 without a gap',
      level: 'MUST',
      clause: `${streaming}, sequence_number; resuming depends on it`,
      async run(session) {
        const { events } = await textStream(session);
        if (events.every(({ value }) => at(value, 'sequence_number') === undefined)) {
          throw new Shortfall('no event has a sequence_number; the streams in the API reference have none either');
        }
        for (const [index, event] of events.entries()) {
          withEvent(event, () => expectEqual(event.value, 'sequence_number', index));
        }
      },
    },
    {
      id: 'stream.created',
      title: 'starts with response.created, in progress and without output',
      level: 'MUST',
      clause: `${streaming}, response.created; openai's responses.stream() requires it first`,
      async run(session) {
        const [first] = (await textStream(session)).events;
        expectThat(first?.type === 'response.created', `the first event is ${first?.type}`);
        const status = at(first.value, 'response.status');
        expectThat(status === 'in_progress' || status === 'queued', `the status is ${status}`, 'response.status');
        expectEqual(first.value, 'response.output', []);
      },
    },
    {
      id: 'stream.in-progress',
      title: 'sends response.in_progress before the first item',
      level: 'MUST',
      contract: 'open-responses',
      clause: 'Open Responses L10',
      async run(session) {
        const types = (await textStream(session)).events.map(({ type }) => type);
        const begun = types.indexOf('response.in_progress');
        expectThat(begun !== -1, 'the stream has no response.in_progress');
        expectThat(begun < types.indexOf('response.output_item.added'), 'an item comes before response.in_progress');
      },
    },
    {
      id: 'stream.one-terminal',
      title: 'has exactly one terminal event, as the last',
      level: 'MUST',
      clause: 'Open Responses L10; Codex fails with "stream closed before response.completed"',
      async run(session) {
        const { events } = await textStream(session);
        const terminals = events.filter(({ type }) => terminalTypes.includes(type));
        expectThat(terminals.length === 1, `the stream has ${terminals.length} terminal events`);
        expectThat(events.at(-1) === terminals[0], `${events.at(-1)?.type} comes after the terminal event`);
      },
    },
    {
      id: 'stream.identity',
      title: 'has one response id in all events',
      level: 'MUST',
      clause: `${streaming}; openai's responses.stream() throws "Lifecycle response identity changed"`,
      async run(session) {
        const { events } = await textStream(session);
        const id = textAt(events[0]?.value, 'response.id');
        for (const event of events.filter(({ value }) => at(value, 'response') !== undefined)) {
          withEvent(event, () => expectEqual(event.value, 'response.id', id));
        }
      },
    },
    ...endAudits,
    {
      id: 'stream.message-status',
      title: 'adds a message as in_progress and finishes it as completed',
      level: 'MUST',
      contract: 'open-responses',
      clause: 'Open Responses L6, L12',
      async run(session) {
        const { events } = await textStream(session);
        // Reasoning items have no status in the schema, and may come first.
        const added = eventsOf(events, 'response.output_item.added').filter(isMessage);
        for (const event of added) withEvent(event, () => expectEqual(event.value, 'item.status', 'in_progress'));
        const items = eventsOf(events, 'response.output_item.done').map(({ value }) => at(value, 'item'));
        for (const item of ofType(items, 'message')) expectEqual(item, 'status', 'completed');
      },
    },
  ],
};

const isMessage = ({ value }: ServerEvent): boolean => at(value, 'item.type') === 'message';
