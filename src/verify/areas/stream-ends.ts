import type { Audit } from '../audit.ts';
import { outputText, streamResponse } from '../create-response.ts';
import { expectCut, tokenLimit } from '../excuse-model.ts';
import { expectEnvelope, expectRefusal } from '../expect-status.ts';
import { Skipped } from '../outcomes.ts';
import { eventOf, eventsOf, terminalOf, withEvent } from '../read-events.ts';
import { at, expectEqual, expectSame, expectThat, listAt, textAt } from '../read-json.ts';
import { plainResponse, textStream } from '../samples.ts';

/** What follows from the request, streamed or not. */
const sameFields = [
  ...['object', 'status', 'error', 'incomplete_details', 'instructions', 'max_output_tokens', 'metadata', 'store'],
  ...[
    'parallel_tool_calls',
    'previous_response_id',
    'temperature',
    'text',
    'tool_choice',
    'tools',
    'top_p',
    'truncation',
  ],
];

const streaming = 'OpenAI API reference: streaming events';

/** What the last event of a stream says, in each way to end. */
export const endAudits: readonly Audit[] = [
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
        for (const name of sameFields) expectSame(response, name, at(body, name));
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
      if (!session.target.prompts.exact) throw new Skipped('only an agent that can be scripted breaks off when asked');
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
];
