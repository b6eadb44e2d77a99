import type { Area } from '../audit.ts';
import { createResponse, outputText, responseFields } from '../create-response.ts';
import { failingTool, readTool, writeTool } from '../mcp/answer-rpc.ts';
import { askToRead, askToWrite, createWithTools, label, mcpCalls, mcpTool, place } from '../mcp/ask-with-tools.ts';
import { Inconclusive } from '../outcomes.ts';
import { at, expectEqual, expectSame, expectThat, listAt, ofType, textAt } from '../read-json.ts';
import { streamAudits } from './mcp-stream.ts';

const reference = 'OpenAI API reference: MCP tools';
const marker = 'verify-secret-7f3a';

export const mcp: Area = {
  name: 'mcp',
  title: 'MCP tools',
  audits: [
    ...streamAudits,
    {
      id: 'mcp.error',
      title: 'shows the error of a tool in its call, and lets the model answer',
      level: 'MUST',
      clause: `${reference}, mcp_call.error`,
      async run(session) {
        const endpoint = await session.openTools();
        const input = session.target.prompts.callTool(label, failingTool.name, { door: 'cellar' });
        const { body } = await createWithTools(session, endpoint, { input, tools: [mcpTool(endpoint)] });
        const [call] = mcpCalls(body);
        expectThat(at(call, 'error') != null, 'the call has no error', 'error');
        expectEqual(body, 'status', 'completed');
        expectThat(outputText(body) !== '', 'the response has no text', 'output');
      },
    },
    {
      id: 'mcp.unreachable',
      title: 'reports a server whose tools cannot be listed',
      level: 'MUST',
      clause: `${reference}: an unreachable server fails the request (424)`,
      async run(session) {
        const endpoint = await session.openTools();
        // Skips the audit when the server refuses every address of this machine.
        await createWithTools(session, endpoint, { input: 'Hello!', tools: [mcpTool(endpoint)] });
        const tools = [mcpTool(endpoint, { server_url: `${endpoint.url}-missing` })];
        const body = responseFields(session, { input: 'Hello!', tools });
        const reply = await session.send('POST', '/responses', { body });
        if (reply.status >= 400 && reply.status < 500) return session.check.schema('ErrorResponse', reply.body);
        const error = at(ofType(listAt(reply.body, 'output'), 'mcp_list_tools')[0], 'error') ?? at(reply.body, 'error');
        expectThat(error != null, 'the response completed without a word about the server', 'error');
      },
    },
    {
      id: 'mcp.allowed',
      title: 'lists only the tools in allowed_tools, and runs no other',
      level: 'MUST',
      clause: `${reference}, allowed_tools`,
      async run(session) {
        const endpoint = await session.openTools();
        const tools = [mcpTool(endpoint, { allowed_tools: [readTool.name] })];
        const { body } = await createWithTools(session, endpoint, { input: askToWrite(session), tools });
        for (const list of ofType(listAt(body, 'output'), 'mcp_list_tools')) {
          const names = listAt(list, 'tools').map((tool) => at(tool, 'name'));
          expectThat(names.join() === readTool.name, `the list has ${names.join(', ')}`, 'output');
        }
        expectThat(!endpoint.calls.some(({ tool }) => tool === writeTool.name), `${writeTool.name} ran`);
      },
    },
    {
      id: 'mcp.headers',
      title: 'sends the headers and the authorization of the tool to its server',
      level: 'MUST',
      clause: `${reference}, headers and authorization`,
      async run(session) {
        const endpoint = await session.openTools();
        await createWithTools(session, endpoint, { input: askToRead(session), tools: [secretTool(endpoint)] });
        const { authorization = '', 'x-verify': header = '' } = endpoint.headers;
        expectThat(`${authorization}`.includes(marker), 'the server receives no authorization');
        expectThat(`${header}`.includes(marker), 'the server does not receive the header X-Verify');
      },
    },
    {
      id: 'mcp.secrets',
      title: 'never echoes the headers and the authorization of a tool',
      level: 'MUST',
      clause: `${reference}: authorization is not stored, and not in the response`,
      async run(session) {
        const endpoint = await session.openTools();
        const fields = { input: askToRead(session), tools: [secretTool(endpoint)], store: true };
        const { text, body } = await createWithTools(session, endpoint, fields);
        expectThat(!text.includes(marker), 'the response contains the secret', 'tools');
        const stored = await session.send('GET', `/responses/${textAt(body, 'id')}`);
        expectThat(!stored.text.includes(marker), 'the stored response contains the secret', 'tools');
      },
    },
    {
      id: 'mcp.stored',
      title: 'keeps lists and calls in the stored response',
      level: 'MUST',
      clause: 'OpenAI API reference: retrieve a response',
      async run(session) {
        const endpoint = await session.openTools();
        const fields = { input: askToRead(session), tools: [mcpTool(endpoint)], store: true };
        const { body } = await createWithTools(session, endpoint, fields);
        mcpCalls(body);
        const stored = await session.send('GET', `/responses/${textAt(body, 'id')}`);
        expectSame(stored.body, 'output', listAt(body, 'output'));
      },
    },
    {
      id: 'mcp.chain',
      title: 'does not list the tools again when a response continues another',
      level: 'MUST',
      clause: `${reference}: a list in the context is used again`,
      async run(session) {
        const endpoint = await session.openTools();
        const tools = [mcpTool(endpoint)];
        const first = await createWithTools(session, endpoint, { input: askToRead(session), tools, store: true });
        const fields = { input: askToRead(session), tools, previous_response_id: textAt(first.body, 'id') };
        const { body } = await createResponse(session, fields);
        expectThat(
          ofType(listAt(body, 'output'), 'mcp_list_tools').length === 0,
          'the tools are listed again',
          'output',
        );
        expectEqual(mcpCalls(body)[0], 'name', readTool.name);
      },
    },
    {
      id: 'mcp.max-calls',
      title: 'runs no more calls than max_tool_calls allows',
      level: 'MUST',
      clause: 'OpenAI API reference: max_tool_calls',
      async run(session) {
        const endpoint = await session.openTools();
        const { prompts } = session.target;
        const input = prompts.callTwice(`${prompts.exact ? `${label}__` : ''}${readTool.name}`, place, {
          city: 'Rome',
        });
        const fields = { input, tools: [mcpTool(endpoint)], max_tool_calls: 1 };
        await createWithTools(session, endpoint, fields);
        const { length } = endpoint.calls;
        if (length === 0) throw new Inconclusive('the model called no MCP tool');
        expectThat(length === 1, `${length} calls ran`);
      },
    },
  ],
};

const secretTool = (endpoint: Parameters<typeof mcpTool>[0]): object =>
  mcpTool(endpoint, { authorization: marker, headers: { 'X-Verify': marker } });
