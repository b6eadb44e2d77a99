/**
 * The floor of a tool loop: calls the model and the tool by hand, with the same MCP client, until the model answers. No
 * validation, no events, no store, no errors. Settings: `AGENT_URL`, and `LOOP_TOOL`, the script of the MCP server.
 */
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Pool } from 'undici';
import { toolName } from '../loop/loop-script.ts';
import { listen } from './listen.ts';
import { readJson } from './read-json.ts';

interface Delta {
  content?: string;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
}

const { origin, pathname } = new URL(process.env['AGENT_URL'] ?? '');
const pool = new Pool(origin, { connections: 32 });
const client = new Client({ name: 'floor', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
await client.connect(new StdioClientTransport({ command: process.execPath, args: [process.env['LOOP_TOOL'] ?? ''] }));
const { tools } = await client.listTools();
const offered = tools.map(({ name, inputSchema }) => ({
  type: 'function',
  function: { name, parameters: inputSchema },
}));

listen((request, response) => {
  readJson<{ model: string; input: string }>(request, ({ model, input }) => {
    const fail = (reason: unknown) => response.writeHead(500).end(String(reason));
    runLoop(model, input).then((text) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ text }));
    }, fail);
  });
});

async function runLoop(model: string, input: string): Promise<string | undefined> {
  const messages: object[] = [{ role: 'user', content: input }];
  for (;;) {
    const delta = await ask({ model, messages, tools: offered, stream: true });
    if (!delta.tool_calls) return delta.content;
    messages.push({ role: 'assistant', ...delta });
    for (const call of delta.tool_calls) {
      const result = await client.callTool({ name: toolName, arguments: JSON.parse(call.function.arguments) });
      messages.push({ role: 'tool', tool_call_id: call.id, content: toText(result.content) });
    }
  }
}

async function ask(body: object): Promise<Delta> {
  const headers = { 'content-type': 'application/json' };
  const path = `${pathname}/chat/completions`;
  const reply = await pool.request({ path, method: 'POST', headers, body: JSON.stringify(body) });
  const whole: Delta = {};
  for (const line of (await reply.body.text()).split('\n')) {
    if (!line.startsWith('data: {')) continue;
    const [choice] = JSON.parse(line.slice('data: '.length)).choices;
    Object.assign(whole, choice?.delta);
  }
  return whole;
}

const toText = (content: readonly { type: string; text?: unknown }[]): string =>
  content.map(({ text }) => String(text)).join('\n');
