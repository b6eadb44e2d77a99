import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Message, toAnswer } from './answer.ts';
import { ObservedResponse } from './observed-response.ts';

const messages: Message[] = [{ role: 'user', text: 'question 1' }];

/** Creates the event of a number. A terminal one contains `text`. */
function toEvent(sequence_number: number, type = 'response.output_text.delta', text = toAnswer(messages)): string {
  const content = [{ type: 'output_text', text }];
  const response = { status: type.replace('response.', ''), output: [{ type: 'message', content }] };
  return JSON.stringify({ type, sequence_number, ...(type.endsWith('delta') ? {} : { response }) });
}

function createObserved(): ObservedResponse {
  const observed = new ObservedResponse('resp_1', { messages, stream: true, background: false });
  observed.take(toEvent(0), 0);
  observed.take(toEvent(1), 1);
  return observed;
}

describe('the faults that the crash test finds', () => {
  it('do not include a stream that is resumed after a cut, or replayed from any position', () => {
    const observed = createObserved();
    observed.take(toEvent(1), 1);
    observed.take(toEvent(2, 'response.completed'), 2);
    observed.take(toEvent(0), 0);
    assert.equal(observed.ended?.status, 'completed');
    assert.equal(observed.events.length, 3);
  });

  it('do not include a reply that was cut and asked for again, unless it was another', () => {
    const answer = toAnswer(messages);
    const toResumed = (cut: string): string => {
      const event = JSON.parse(toEvent(2, 'response.completed'));
      const content = [{ type: 'output_text', text: cut }];
      event.response.output.unshift({ type: 'message', phase: 'commentary', content });
      return JSON.stringify(event);
    };
    const observed = createObserved();
    observed.take(toResumed(answer.slice(0, 6)), 2);
    assert.equal(observed.text, answer);
    assert.throws(() => createObserved().take(toResumed('Turn 7'), 2), /is not a prefix of/);
  });

  it('include skipped and repeated numbers', () => {
    assert.throws(() => createObserved().take(toEvent(3), 2), /3 came where 2 was next/);
    assert.throws(() => createObserved().take(toEvent(1), 2), /1 came where 2 was next/);
    assert.throws(() => createObserved().take(toEvent(3), 3), /an event was skipped/);
  });

  it('include an event with other bytes than before', () => {
    assert.throws(() => createObserved().take(`${toEvent(1)} `, 1), /was different before/);
  });

  it('include an event after the terminal one', () => {
    const observed = createObserved();
    observed.take(toEvent(2, 'response.failed', ''), 2);
    assert.throws(() => observed.take(toEvent(3), 3), /after the terminal one/);
  });

  it('include an answer to another history, and another end than before', () => {
    assert.throws(() => createObserved().take(toEvent(2, 'response.completed', 'Turn 7'), 2), /got other messages/);
    assert.throws(() => createObserved().take(toEvent(2, 'response.failed', 'Turn 7'), 2), /is not a prefix of/);
    const observed = createObserved();
    observed.take(toEvent(2, 'response.completed'), 2);
    const [event] = [JSON.parse(toEvent(2, 'response.failed'))];
    assert.throws(() => observed.end(event.response), /ended differently before/);
  });
});
