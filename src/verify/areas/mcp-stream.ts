import type { Audit } from '../audit.ts';
import { outputText } from '../create-response.ts';
import { readTool, results } from '../mcp/answer-rpc.ts';
import { askToRead, label, mcpCalls, mcpTool, streamWithTools } from '../mcp/ask-with-tools.ts';
import { eventsOf, expectOrder, type ServerEvent, terminalOf, withEvent } from '../read-events.ts';
import { at, expectEqual, expectThat, listAt, ofType, parseJson, textAt } from '../read-json.ts';
import type { Session } from '../session.ts';

const reference = 'OpenAI API reference: MCP tools';
const streaming = 'OpenAI API reference: streaming events';
const added = 'response.output_item.added';
const done = 'response.output_item.done';

/** Audits of one streamed response that lists tools and calls one. */
export const streamAudits: readonly Audit[] = [
  {
    id: 'mcp.list',
    title: 'lists the tools of a server in an mcp_list_tools item',
    level: 'MUST',
    clause: `${reference}, mcp_list_tools`,
    async run(session) {
      const { response } = await toolStream(session);
      const [list] = ofType(listAt(response, 'output'), 'mcp_list_tools');
      expectThat(list !== undefined, 'the output has no mcp_list_tools', 'output');
      expectEqual(list, 'server_label', label);
      const tool = listAt(list, 'tools').find((one) => at(one, 'name') === readTool.name);
      expectThat(tool !== undefined, `the list lacks ${readTool.name}`, 'tools');
      expectEqual(tool, 'description', readTool.description);
      // A server may add its own keywords, as OpenAI's does.
      const { properties, required } = readTool.inputSchema;
      for (const name of Object.keys(properties))
        expectThat(at(tool, `input_schema.properties.${name}`) !== undefined, `the schema lacks ${name}`, 'tools');
      expectEqual(tool, 'input_schema.required', required);
    },
  },
  {
    id: 'mcp.list-events',
    title: 'streams a list as added, in_progress, completed and done',
    level: 'MUST',
    clause: `${streaming}, response.mcp_list_tools`,
    async run(session) {
      const { events } = await toolStream(session);
      const types = eventsOfItem(events, 'mcp_list_tools').map(({ type }) => type);
      expectOrder(types, [added, 'response.mcp_list_tools.in_progress', 'response.mcp_list_tools.completed', done]);
    },
  },
  {
    id: 'mcp.call',
    title: 'runs a call once and returns it as an mcp_call with its output',
    level: 'MUST',
    clause: `${reference}, mcp_call`,
    async run(session) {
      const { response, calls } = await toolStream(session);
      const [call] = mcpCalls(response);
      expectEqual(call, 'server_label', label);
      expectEqual(call, 'name', readTool.name);
      expectEqual({ arguments: parseJson(textAt(call, 'arguments'), 'arguments') }, 'arguments', calls[0]?.arguments);
      expectThat(
        textAt(call, 'output').includes(results[readTool.name] ?? ''),
        'the output is not the result',
        'output',
      );
      const ran = calls.filter(({ tool }) => tool === readTool.name).length;
      expectThat(ran === mcpCalls(response).length, `the output has ${mcpCalls(response).length} calls, ${ran} ran`);
    },
  },
  {
    id: 'mcp.answer',
    title: 'answers after the result, in the same response',
    level: 'MUST',
    clause: `${reference}: the model continues with the output of the call`,
    async run(session) {
      const { response } = await toolStream(session);
      expectEqual(response, 'status', 'completed');
      const text = outputText(response);
      expectThat(text !== '', 'the response has no text', 'output');
      const knows = text.includes(results[readTool.name] ?? '');
      if (session.target.prompts.exact) expectThat(knows, 'the answer does not quote the result', 'output');
    },
  },
  {
    id: 'mcp.call-events',
    title: 'streams a call as added, in_progress, its arguments, completed and done',
    level: 'MUST',
    clause: `${streaming}, response.mcp_call`,
    async run(session) {
      const { events } = await toolStream(session);
      const types = eventsOfItem(events, 'mcp_call').map(({ type }) => type);
      expectOrder(types, [
        added,
        'response.mcp_call.in_progress',
        'response.mcp_call_arguments.done',
        'response.mcp_call.completed',
        done,
      ]);
    },
  },
  {
    id: 'mcp.arguments',
    title: 'has the same arguments in the deltas, in the done event and in the item',
    level: 'MUST',
    clause: `${streaming}, response.mcp_call_arguments`,
    async run(session) {
      const { events, response } = await toolStream(session);
      const own = eventsOfItem(events, 'mcp_call');
      const deltas = eventsOf(own, 'response.mcp_call_arguments.delta');
      const joined = deltas.map(({ value }) => textAt(value, 'delta')).join('');
      for (const event of eventsOf(own, 'response.mcp_call_arguments.done')) {
        withEvent(event, () => expectEqual(event.value, 'arguments', joined));
      }
      expectEqual(mcpCalls(response)[0], 'arguments', joined);
    },
  },
  {
    id: 'mcp.sequence',
    title: 'numbers the events of lists and calls without a gap, each with the index of its item',
    level: 'MUST',
    clause: `${streaming}, sequence_number and output_index`,
    async run(session) {
      const { events } = await toolStream(session);
      const order = eventsOf(events, added).map(({ value }) => textAt(value, 'item.id'));
      for (const [index, event] of events.entries()) {
        withEvent(event, () => expectEqual(event.value, 'sequence_number', index));
        const id = at(event.value, 'item_id');
        if (id === undefined) continue;
        withEvent(event, () => expectEqual(event.value, 'output_index', order.indexOf(`${id}`)));
      }
    },
  },
];

/** One streamed response with a call, shared by several audits. */
const toolStream = (session: Session) =>
  session.sample('tool stream', async (own) => {
    const endpoint = await own.openTools();
    const stream = await streamWithTools(own, endpoint, { input: askToRead(own), tools: [mcpTool(endpoint)] });
    const response = at(terminalOf(stream.events).value, 'response');
    mcpCalls(response);
    return { events: stream.events, response, calls: endpoint.calls };
  });

/** Returns the events of the first item of a type. */
function eventsOfItem(events: readonly ServerEvent[], type: string): ServerEvent[] {
  const start = eventsOf(events, added).find(({ value }) => at(value, 'item.type') === type);
  expectThat(start !== undefined, `no ${type} was added`);
  const id = at(start.value, 'item.id');
  return events.filter(({ value }) => (at(value, 'item_id') ?? at(value, 'item.id')) === id);
}
