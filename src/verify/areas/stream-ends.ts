import type { Audit } from '../audit.ts';
import { outputText, streamResponse } from '../create-response.ts';
import { expectCut, tokenLimit } from '../excuse-model.ts';
import { expectEnvelope, expectRefusal } from '../expect-status.ts';
import { Skipped } from '../outcomes.ts';
import { eventOf, eventsOf, terminalOf, withEvent } from '../read-events.ts';
import { at, expectEqual, expectSame, expectThat, listAt, textAt } from '../read-json.ts';
import { plainResponse, textStream } from '../samples.ts';

/** Response fields that must not depend on streaming. */
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

/** Audits of the terminal event, for each way a stream ends. */
export const endAudits: readonly Audit[] = [
  {
    id: 'stream.final-output',
    title: 'sends the whole output and the usage in the terminal event',
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
    title: 'ends with a response equal to the non-streamed reply',
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
    title: 'ends a truncated response with response.incomplete',
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
    title: 'ends a broken response with response.failed and its error',
    level: 'MUST',
    clause: 'Open Responses L1',
    async run(session) {
      if (!session.target.prompts.exact) throw new Skipped('only a scriptable agent breaks off on demand');
      const { events } = await streamResponse(session, { input: session.target.prompts.breakOff() });
      const failed = eventOf(events, 'response.failed');
      expectThat(failed === events.at(-1), 'response.failed is not the last event');
      withEvent(failed, () => textAt(failed.value, 'response.error.message'));
    },
  },
  {
    id: 'stream.refusal',
    title: 'answers an invalid stream request with a status and an error envelope, not a stream',
    level: 'MUST',
    clause: 'OpenAI API reference: error codes; SDKs read the status',
    async run(session) {
      const reply = await session.send('POST', '/responses', { body: { stream: true, input: 5 } });
      expectEnvelope(session, await expectRefusal(session, reply, [400, 422]));
    },
  },
];
