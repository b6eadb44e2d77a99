import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Message, toAnswer } from './answer.ts';
import { ToldResponse } from './told-response.ts';

const messages: Message[] = [{ role: 'user', text: 'question 1' }];

/** The event of this number; the terminal one says `text`. */
function toEvent(sequence_number: number, type = 'response.output_text.delta', text = toAnswer(messages)): string {
  const content = [{ type: 'output_text', text }];
  const response = { status: type.replace('response.', ''), output: [{ type: 'message', content }] };
  return JSON.stringify({ type, sequence_number, ...(type.endsWith('delta') ? {} : { response }) });
}

function createTold(): ToldResponse {
  const told = new ToldResponse('resp_1', { messages, stream: true, background: false });
  told.take(toEvent(0), 0);
  told.take(toEvent(1), 1);
  return told;
}

describe('what the crash test takes for a fault', () => {
  it('is nothing about a stream that goes on where it was cut off, and is told again from any place', () => {
    const told = createTold();
    told.take(toEvent(1), 1);
    told.take(toEvent(2, 'response.completed'), 2);
    told.take(toEvent(0), 0);
    assert.equal(told.ended?.status, 'completed');
    assert.equal(told.events.length, 3);
  });

  it('is a number that is skipped or repeated', () => {
    assert.throws(() => createTold().take(toEvent(3), 2), /3 came where 2 was next/);
    assert.throws(() => createTold().take(toEvent(1), 2), /1 came where 2 was next/);
    assert.throws(() => createTold().take(toEvent(3), 3), /an event was skipped/);
  });

  it('is an event with other bytes than before', () => {
    assert.throws(() => createTold().take(`${toEvent(1)} `, 1), /told otherwise before/);
  });

  it('is an event after the terminal one', () => {
    const told = createTold();
    told.take(toEvent(2, 'response.failed', ''), 2);
    assert.throws(() => told.take(toEvent(3), 3), /after the terminal one/);
  });

  it('is an answer to another history, and an end that is not the end it had', () => {
    assert.throws(() => createTold().take(toEvent(2, 'response.completed', 'Turn 7'), 2), /asked something else/);
    assert.throws(() => createTold().take(toEvent(2, 'response.failed', 'Turn 7'), 2), /is no beginning of/);
    const told = createTold();
    told.take(toEvent(2, 'response.completed'), 2);
    const [event] = [JSON.parse(toEvent(2, 'response.failed'))];
    assert.throws(() => told.end(event.response), /ended otherwise before/);
  });
});
