import type { Area } from '../audit.ts';
import { outputText } from '../create-response.ts';
import { eventOf, eventsOf, expectOrder, type ServerEvent, terminalOf, withEvent } from '../read-events.ts';
import { at, expectEqual, expectThat, listAt, numberAt, ofType, parseJson, textAt } from '../read-json.ts';
import { callStream, textStream } from '../samples.ts';

const streaming = 'OpenAI API reference: streaming events';
const added = 'response.output_item.added';
const done = 'response.output_item.done';
const textDelta = 'response.output_text.delta';
const argumentsDelta = 'response.function_call_arguments.delta';

/** The life of one streamed item: its first event, its deltas, its last event. */
export const streamItems: Area = {
  name: 'stream-items',
  title: 'Responses, streamed: the items',
  audits: [
    {
      id: 'stream-items.order',
      title: 'adds an item before its first event, and finishes it after its last',
      level: 'MUST',
      clause: 'Open Responses N28, L14',
      async run(session) {
        const { events } = await textStream(session);
        const ids = new Set(events.map(itemIdOf).filter((id) => id !== undefined));
        expectThat(ids.size > 0, 'no event names an item');
        for (const id of ids) {
          const own = events.filter((event) => itemIdOf(event) === id);
          expectThat(own[0]?.type === added, `the first event of ${id} is ${own[0]?.type}`);
          expectThat(own.at(-1)?.type === done, `the last event of ${id} is ${own.at(-1)?.type}`);
        }
      },
    },
    {
      id: 'stream-items.indexes',
      title: 'numbers items by output_index from 0, the same in all events of an item',
      level: 'MUST',
      clause: `${streaming}, output_index; the AI SDK relies on it`,
      async run(session) {
        const { events } = await textStream(session);
        const order = eventsOf(events, added).map(({ value }) => textAt(value, 'item.id'));
        for (const event of events) {
          const id = itemIdOf(event);
          if (id === undefined) continue;
          withEvent(event, () => expectEqual(event.value, 'output_index', order.indexOf(id)));
        }
      },
    },
    {
      id: 'stream-items.ids',
      title: "keeps an item's id from output_item.added to the final output",
      level: 'MUST',
      clause: `${streaming}, item_id; openai's responses.stream() matches them`,
      async run(session) {
        const { events } = await textStream(session);
        const ids = eventsOf(events, added).map(({ value }) => textAt(value, 'item.id'));
        const ended = eventsOf(events, done).map(({ value }) => textAt(value, 'item.id'));
        expectThat(ids.join() === ended.join(), `added are ${ids.join()}, done are ${ended.join()}`, 'item.id');
        for (const event of eventsOf(events, textDelta)) {
          const isKnown = ids.includes(textAt(event.value, 'item_id'));
          withEvent(event, () => expectThat(isKnown, 'it belongs to no added item', 'item_id'));
        }
        const final = terminalOf(events);
        const outputs = listAt(final.value, 'response.output').map((item) => at(item, 'id'));
        withEvent(final, () =>
          expectThat(outputs.join() === ids.join(), `the output has ${outputs.join()}`, 'response.output'),
        );
      },
    },
    {
      id: 'stream-items.parts',
      title: 'adds a content part before its deltas and finishes it after them',
      level: 'MUST',
      clause: 'Open Responses N30, N31, N32, L14',
      async run(session) {
        const { events } = await textStream(session);
        const message = eventsOf(events, added).find(isOf('message'));
        expectThat(message !== undefined, 'no message was added');
        const id = itemIdOf(message);
        const types = events.filter((event) => itemIdOf(event) === id).map(({ type }) => type);
        const steps = [
          added,
          'response.content_part.added',
          textDelta,
          'response.output_text.done',
          'response.content_part.done',
          done,
        ];
        expectOrder(types, steps);
      },
    },
    {
      id: 'stream-items.text',
      title: 'has the same text in the deltas, in the done events and in the final output',
      level: 'MUST',
      clause: `${streaming}, response.output_text.done`,
      async run(session) {
        const { events } = await textStream(session);
        for (const event of eventsOf(events, 'response.output_text.done')) {
          withEvent(event, () => expectEqual(event.value, 'text', joinDeltas(events, event, textDelta)));
        }
        const parts = eventsOf(events, 'response.content_part.done');
        for (const event of parts.filter(({ value }) => at(value, 'part.type') === 'output_text')) {
          withEvent(event, () => expectEqual(event.value, 'part.text', joinDeltas(events, event, textDelta)));
        }
        const final = terminalOf(events);
        for (const event of eventsOf(events, done).filter(isOf('message'))) {
          const index = numberAt(event.value, 'output_index');
          const text = outputText({ output: [listAt(final.value, 'response.output')[index]] });
          withEvent(event, () =>
            expectThat(
              outputText({ output: [at(event.value, 'item')] }) === text,
              'its text is not that of the final output',
              'item',
            ),
          );
        }
      },
    },
    {
      id: 'stream-items.message',
      title: 'adds a message with its role and empty content',
      level: 'MUST',
      clause: "Open Responses L12; openai's responses.stream() requires content: []",
      async run(session) {
        const messages = eventsOf((await textStream(session)).events, added).filter(isOf('message'));
        expectThat(messages.length > 0, 'no message was added');
        for (const event of messages) {
          withEvent(event, () => {
            expectEqual(event.value, 'item.role', 'assistant');
            expectEqual(event.value, 'item.content', []);
          });
        }
      },
    },
    {
      id: 'stream-items.call',
      title: 'adds a function call with its name, call_id and empty arguments',
      level: 'MUST',
      clause: 'Open Responses L12; AI SDK: call_id and name are needed in added',
      async run(session) {
        const { events } = await callStream(session);
        const event = eventsOf(events, added).find(isOf('function_call')) ?? eventOf(events, 'an added function_call');
        withEvent(event, () => {
          expectEqual(event.value, 'item.name', 'get_weather');
          expectThat(textAt(event.value, 'item.call_id') !== '', 'the call_id is empty', 'item.call_id');
          expectEqual(event.value, 'item.arguments', '');
        });
      },
    },
    {
      id: 'stream-items.call-arguments',
      title: 'has the same arguments in the deltas, in the done events and in the final output',
      level: 'MUST',
      clause: `${streaming}, response.function_call_arguments.done`,
      async run(session) {
        const { events } = await callStream(session);
        const ended = eventOf(events, 'response.function_call_arguments.done');
        const text = textAt(ended.value, 'arguments');
        parseJson(text, 'arguments');
        withEvent(ended, () => expectEqual(ended.value, 'arguments', joinDeltas(events, ended, argumentsDelta)));
        const item =
          eventsOf(events, done).find(isOf('function_call')) ?? eventOf(events, 'a function_call that is done');
        withEvent(item, () => expectEqual(item.value, 'item.arguments', text));
        const final = terminalOf(events);
        const calls = ofType(listAt(final.value, 'response.output'), 'function_call');
        withEvent(final, () => expectEqual(calls[0], 'arguments', text));
      },
    },
    {
      id: 'stream-items.call-done',
      title: 'finishes a function call with a status and its original call_id',
      level: 'MUST',
      clause: 'AI SDK: a function_call that is done needs its status; Open Responses N57',
      async run(session) {
        const { events } = await callStream(session);
        const begun = eventsOf(events, added).find(isOf('function_call'));
        const event =
          eventsOf(events, done).find(isOf('function_call')) ?? eventOf(events, 'a function_call that is done');
        withEvent(event, () => {
          expectEqual(event.value, 'item.status', 'completed');
          expectEqual(event.value, 'item.call_id', at(begun?.value, 'item.call_id'));
        });
      },
    },
  ],
};

/** Returns the item that an event belongs to. */
function itemIdOf({ value }: ServerEvent): string | undefined {
  const id = at(value, 'item_id') ?? at(value, 'item.id');
  return typeof id === 'string' ? id : undefined;
}

const isOf =
  (type: string) =>
  ({ value }: ServerEvent): boolean =>
    at(value, 'item.type') === type;

/** Concatenates the deltas of an event's item and part. */
function joinDeltas(events: readonly ServerEvent[], like: ServerEvent, type: string): string {
  const isSame = ({ value }: ServerEvent) =>
    at(value, 'item_id') === at(like.value, 'item_id') &&
    at(value, 'content_index') === at(like.value, 'content_index');
  return eventsOf(events, type)
    .filter(isSame)
    .map(({ value }) => textAt(value, 'delta'))
    .join('');
}
