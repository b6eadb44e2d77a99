import type { Area } from '../audit.ts';
import { createResponse, functionCalls, outputText, responseFields, streamResponse } from '../create-response.ts';
import { excuseModel } from '../excuse-model.ts';
import { expectOk, expectRefusal } from '../expect-status.ts';
import { Inconclusive } from '../outcomes.ts';
import { terminalOf } from '../read-events.ts';
import { at, expectEqual, expectThat, listAt, ofType, parseJson, textAt } from '../read-json.ts';
import { callResponse, otherTool, parameters, paris, weatherTool } from '../samples.ts';
import type { Session } from '../session.ts';

const reference = 'OpenAI API reference: function calling';
const answered = '18 degrees and sunny';
const rome = { city: 'Rome' };

const toOutput = (call: unknown) => ({
  type: 'function_call_output',
  call_id: textAt(call, 'call_id'),
  output: answered,
});

const callsOf = (response: unknown) => ofType(listAt(response, 'output'), 'function_call');

/** Returns the answer's text. Inconclusive when the model called a tool again instead. */
function expectAnswer(response: unknown): void {
  if (callsOf(response).length > 0) throw new Inconclusive('the model called again');
  expectThat(outputText(response) !== '', 'the answer has no text', 'output');
}

export const tools: Area = {
  name: 'tools',
  title: 'Tools',
  audits: [
    {
      id: 'tools.call',
      title: 'returns a function call with call_id, name and JSON arguments',
      level: 'MUST',
      clause: reference,
      async run(session) {
        const [call] = functionCalls((await callResponse(session)).body);
        expectThat(textAt(call, 'call_id') !== '', 'the call_id is empty', 'call_id');
        expectEqual(call, 'name', 'get_weather');
        const args = parseJson(textAt(call, 'arguments'), 'arguments');
        if (session.target.prompts.exact) expectEqual({ args }, 'args', paris);
      },
    },
    {
      id: 'tools.required',
      title: 'calls a tool under tool_choice "required", or fails',
      level: 'MUST',
      clause: 'Open Responses N41',
      async run(session) {
        const fields = { input: 'Hello!', tools: [weatherTool], tool_choice: 'required' };
        const reply = await session.send('POST', '/responses', { body: responseFields(session, fields) });
        if (reply.status === 502) return session.note('a turn without the call it must have fails');
        const { body } = await expectOk(session, reply);
        if (at(body, 'status') !== 'completed') return;
        expectThat(callsOf(body).length > 0, 'the response completed without a call', 'output');
      },
    },
    {
      id: 'tools.named',
      title: 'calls the function that tool_choice names',
      level: 'MUST',
      clause: 'Open Responses L3',
      async run(session) {
        const tool_choice = { type: 'function', name: 'send_mail' };
        const fields = { input: 'Hello!', tools: [weatherTool, otherTool], tool_choice };
        const { body } = await excuseModel(session, () => createResponse(session, fields));
        for (const call of functionCalls(body)) expectEqual(call, 'name', 'send_mail');
      },
    },
    {
      id: 'tools.none',
      title: 'calls no tool under tool_choice "none"',
      level: 'MUST',
      clause: 'Open Responses N42',
      async run(session) {
        const input = 'What is the weather in Paris? Get the weather.';
        const { body } = await createResponse(session, { input, tools: [weatherTool], tool_choice: 'none' });
        expectThat(callsOf(body).length === 0, 'a function was called', 'output');
      },
    },
    {
      id: 'tools.allowed',
      title: 'calls only tools listed in allowed_tools',
      level: 'MUST',
      clause: 'Open Responses N43, N44, N45',
      async run(session) {
        const allowed = [{ type: 'function', name: 'get_weather' }];
        const fields = responseFields(session, {
          input: session.target.prompts.call('send_mail', paris),
          tools: [weatherTool, otherTool],
          tool_choice: { type: 'allowed_tools', mode: 'auto', tools: allowed },
        });
        const reply = await session.send('POST', '/responses', { body: fields });
        // Failing such a call as a model error is one way to enforce the list.
        if (reply.status >= 500) return session.note('a call that is not allowed fails the whole response');
        const { body } = await expectOk(session, reply);
        for (const call of callsOf(body)) expectEqual(call, 'name', 'get_weather');
      },
    },
    {
      id: 'tools.continue',
      title: 'continues from a stored call when its output is sent',
      level: 'MUST',
      clause: `${reference}, previous_response_id`,
      async run(session) {
        const first = await ask(session, { store: true });
        const input = functionCalls(first).map(toOutput);
        const fields = { input, tools: [weatherTool], previous_response_id: textAt(first, 'id'), store: true };
        expectAnswer((await createResponse(session, fields)).body);
      },
    },
    {
      id: 'tools.replay',
      title: 'accepts its own output items followed by tool outputs',
      level: 'MUST',
      clause: `Open Responses L16; Codex and the Agents SDK send the whole history`,
      async run(session) {
        const { body } = await callResponse(session);
        const prompt = { role: 'user', content: session.target.prompts.call('get_weather', paris) };
        const input = [prompt, ...listAt(body, 'output'), ...functionCalls(body).map(toOutput)];
        expectAnswer((await createResponse(session, { input, tools: [weatherTool] })).body);
      },
    },
    {
      id: 'tools.parallel',
      title: 'gives each parallel call its own call_id and item, and accepts both outputs',
      level: 'MUST',
      clause: `${reference}, parallel_tool_calls`,
      async run(session) {
        const first = await ask(session, {
          store: true,
          input: session.target.prompts.callTwice('get_weather', paris, rome),
        });
        const calls = functionCalls(first, 2);
        for (const name of ['call_id', 'id']) {
          const ids = calls.map((call) => textAt(call, name));
          expectThat(new Set(ids).size === ids.length, `each ${name} is ${ids.join(', ')}`, 'output');
        }
        const fields = { input: calls.map(toOutput), tools: [weatherTool], previous_response_id: textAt(first, 'id') };
        expectAnswer((await createResponse(session, fields)).body);
      },
    },
    {
      id: 'tools.parts-output',
      title: 'accepts a tool output that is a list of parts',
      level: 'MUST',
      clause: 'OpenAI API reference: function_call_output; Codex sends the results of MCP tools this way',
      async run(session) {
        const { body } = await callResponse(session);
        const prompt = { role: 'user', content: session.target.prompts.call('get_weather', paris) };
        const output = [{ type: 'input_text', text: answered }];
        const outputs = functionCalls(body).map((call) => ({ ...toOutput(call), output }));
        await createResponse(session, { input: [prompt, ...listAt(body, 'output'), ...outputs], tools: [weatherTool] });
      },
    },
    {
      id: 'tools.unknown-call',
      title: 'refuses a tool output without a matching call',
      level: 'SHOULD',
      clause: `${reference}: "No tool call found for function call output"`,
      async run(session) {
        const input = [{ type: 'function_call_output', call_id: 'call_unknown', output: answered }];
        const body = { model: session.target.model, input, store: false };
        await expectRefusal(session, await session.send('POST', '/responses', { body }), [400]);
      },
    },
    {
      id: 'tools.echo',
      title: 'echoes the tools of the request, with every field of a function',
      level: 'MUST',
      clause: 'Open Responses: FunctionTool in the response',
      async run(session) {
        const { body } = await callResponse(session);
        for (const name of ['type', 'name', 'description', 'parameters', 'strict'] as const) {
          expectEqual(body, `tools[0].${name}`, weatherTool[name]);
        }
        expectEqual(body, 'tool_choice', 'required');
      },
    },
    {
      id: 'tools.custom',
      title: 'calls a custom tool with a custom_tool_call',
      level: 'SHOULD',
      clause: 'OpenAI API reference: custom tools; Codex applies patches with one',
      async run(session) {
        const name = 'write_note';
        const fields = {
          input: `Use ${name} to write a note that says hello.`,
          tools: [{ type: 'custom', name, description: 'Writes a note.' }],
          tool_choice: { type: 'custom', name },
        };
        const { events } = await excuseModel(session, () => streamResponse(session, fields));
        const output = listAt(terminalOf(events).value, 'response.output');
        const [call] = ofType(output, 'custom_tool_call');
        expectThat(call !== undefined, 'the output has no custom_tool_call', 'response.output');
        expectEqual(call, 'name', name);
        textAt(call, 'call_id');
        textAt(call, 'input');
      },
    },
    {
      id: 'tools.schema-answer',
      title: 'answers in JSON that matches text.format json_schema',
      level: 'MUST',
      clause: 'OpenAI API reference: structured outputs',
      async run(session) {
        const format = { type: 'json_schema', name: 'place', schema: parameters, strict: true };
        const input = 'Name the capital of France as JSON.';
        const { body } = await excuseModel(session, () => createResponse(session, { input, text: { format } }));
        if (at(body, 'status') === 'incomplete') throw new Inconclusive('the answer was cut off');
        const answer = parseJson(outputText(body), 'the answer');
        textAt(answer, 'city');
        expectThat(Object.keys(Object(answer)).length === 1, 'the answer has fields that the schema forbids');
        expectEqual(body, 'text.format.type', 'json_schema');
      },
    },
    {
      id: 'tools.schema-stream',
      title: 'streams an answer that concatenates to JSON matching its schema',
      level: 'MUST',
      clause: 'OpenAI API reference: structured outputs, streamed',
      async run(session) {
        const format = { type: 'json_schema', name: 'place', schema: parameters, strict: true };
        const input = 'Name the capital of France as JSON.';
        const { events } = await excuseModel(session, () => streamResponse(session, { input, text: { format } }));
        const { type } = terminalOf(events);
        if (type !== 'response.completed') throw new Inconclusive(`the response ended with ${type}`);
        const deltas = events.filter(({ type }) => type === 'response.output_text.delta');
        textAt(
          parseJson(deltas.map(({ value }) => textAt(value, 'delta')).join(''), 'what the deltas add up to'),
          'city',
        );
      },
    },
  ],
};

async function ask(session: Session, fields: object): Promise<unknown> {
  const input = session.target.prompts.call('get_weather', paris);
  return (await createResponse(session, { input, tools: [weatherTool], ...fields })).body;
}
