import type { Area } from '../audit.ts';
import { outputText, streamResponse } from '../create-response.ts';
import { expectEnvelope, expectRefusal } from '../expect-status.ts';
import { expectCut, tokenLimit } from '../excuse-model.ts';
import { Skipped } from '../outcomes.ts';
import { at, expectEqual, expectThat, listAt, ofType, textAt } from '../read-json.ts';
import { eventOf, eventsOf, terminalOf, terminalTypes, withEvent } from '../read-events.ts';
import { callStream, plainResponse, textStream } from '../samples.ts';

const streaming = 'OpenAI API reference: streaming events';

/** What surrounds the events, and the events as a whole: framing, numbers, the first and the last. */
export const stream: Area = {
  name: 'stream',
  title: 'Responses, streamed: the frame',
  audits: [
    {
      id: 'stream.content-type',
      title: 'is text/event-stream',
      level: 'MUST',
      clause: 'Open Responses N4',
      async run(session) {
        const type = `${(await textStream(session)).headers['content-type']}`;
        expectThat(/^text\/event-stream\b/.test(type), `the content-type is ${type}`);
      },
    },
    {
      id: 'stream.shape',
      title: 'gives every event of a known type the fields it must have',
      level: 'MUST',
      clause: `${streaming}; Open Responses N29`,
      async run(session) {
        for (const event of [...(await textStream(session)).events, ...(await callStream(session)).events]) {
          if (session.check.eventTypes.has(event.type)) {
            withEvent(event, () => session.check.event('createResponse', event.value));
          }
        }
      },
    },
    {
      id: 'stream.known-types',
      title: 'has events of known types alone, or of types with a prefix',
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
      title: 'names each event in its event field as in its type',
      level: 'MUST',
      clause: 'Open Responses N6',
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
      clause: 'Open Responses N5',
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
      clause: `${streaming}, sequence_number; resuming counts on it`,
      async run(session) {
        for (const [index, event] of (await textStream(session)).events.entries()) {
          withEvent(event, () => expectEqual(event.value, 'sequence_number', index));
        }
      },
    },
    {
      id: 'stream.created',
      title: 'begins with response.created, which is in progress and has no output yet',
      level: 'MUST',
      clause: `${streaming}, response.created; openai's responses.stream() wants it first`,
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
      title: 'says response.in_progress before the first item',
      level: 'MUST',
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
      title: 'has one response id through all events',
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
    {
      id: 'stream.final-output',
      title: 'carries the whole output and the usage in the terminal event',
      level: 'MUST',
      clause: `${streaming}, response.completed; the Agents SDK reads nothing else`,
      async run(session) {
        const { events } = await textStream(session);
        const final = terminalOf(events);
        withEvent(final, () => {
          const ids = listAt(final.value, 'response.output').map((item) => at(item, 'id'));
          const done = eventsOf(events, 'response.output_item.done').map(({ value }) => at(value, 'item.id'));
          expectThat(ids.length > 0, 'the output is empty', 'response.output');
          expectThat(
            ids.join() === done.join(),
            `its items are ${ids.join()}, those done ${done.join()}`,
            'response.output',
          );
          expectThat(
            typeof at(final.value, 'response.usage.total_tokens') === 'number',
            'it has no usage',
            'response.usage',
          );
        });
      },
    },
    {
      id: 'stream.fold',
      title: 'ends in a response like the plain reply',
      level: 'MUST',
      clause: `${streaming}: response.completed carries the response`,
      async run(session) {
        const final = terminalOf((await textStream(session)).events);
        const { body } = await plainResponse(session);
        withEvent(final, () => {
          const response = at(final.value, 'response');
          expectThat(
            sortedKeys(response) === sortedKeys(body),
            'its fields are not those of the plain reply',
            'response',
          );
          expectEqual(response, 'status', at(body, 'status'));
          if (session.target.prompts.exact) expectThat(outputText(response) === outputText(body), 'its text differs');
        });
      },
    },
    {
      id: 'stream.incomplete',
      title: 'ends a response that was cut with response.incomplete',
      level: 'MUST',
      clause: `${streaming}, response.incomplete`,
      async run(session) {
        const fields = { input: session.target.prompts.count(), max_output_tokens: tokenLimit };
        const final = terminalOf((await streamResponse(session, fields)).events);
        if (final.type === 'response.completed') expectCut(final.value, 'response.usage.output_tokens');
        expectThat(final.type === 'response.incomplete', `the terminal event is ${final.type}`);
        withEvent(final, () => expectEqual(final.value, 'response.incomplete_details.reason', 'max_output_tokens'));
      },
    },
    {
      id: 'stream.failed',
      title: 'ends a response that broke off with response.failed, and the reason in it',
      level: 'MUST',
      clause: 'Open Responses L1',
      async run(session) {
        if (!session.target.prompts.exact)
          throw new Skipped('only an agent that can be scripted breaks off when asked');
        const { events } = await streamResponse(session, { input: session.target.prompts.breakOff() });
        const failed = eventOf(events, 'response.failed');
        expectThat(failed === events.at(-1), 'response.failed is not the last event');
        withEvent(failed, () => textAt(failed.value, 'response.error.message'));
      },
    },
    {
      id: 'stream.refusal',
      title: 'answers a bad request for a stream with a status and an envelope, not with a stream',
      level: 'MUST',
      clause: 'OpenAI API reference: error codes; SDKs read the status',
      async run(session) {
        const reply = await session.send('POST', '/responses', { body: { stream: true, input: 5 } });
        expectEnvelope(session, await expectRefusal(session, reply, [400, 422]));
      },
    },
    {
      id: 'stream.message-status',
      title: 'has an item in progress when it is added and completed when it is done',
      level: 'MUST',
      clause: 'Open Responses L6, L12',
      async run(session) {
        const { events } = await textStream(session);
        const added = eventOf(events, 'response.output_item.added');
        withEvent(added, () => expectEqual(added.value, 'item.status', 'in_progress'));
        const items = eventsOf(events, 'response.output_item.done').map(({ value }) => at(value, 'item'));
        for (const item of ofType(items, 'message')) expectEqual(item, 'status', 'completed');
      },
    },
  ],
};

const sortedKeys = (value: unknown): string => Object.keys(Object(value)).toSorted().join();
