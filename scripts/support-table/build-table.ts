import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config/load-config.ts';
import { createLog } from '../../src/log.ts';
import { type Server, startServer } from '../../src/server.ts';
import { writeConfig } from '../../test/helpers/write-config.ts';
import { matches, unsentFacts } from '../contract-coverage.ts';
import type { ContractIndex } from './contract-index.ts';
import { createFixtures } from './fixtures.ts';
import { observeOutput } from './observe-output.ts';
import { createProber, type Verdict } from './probe.ts';
import { probeInputItems, probeToolChoices, probeTools } from './probe-items.ts';
import { probeOperations } from './probe-operations.ts';
import { startRecordingUpstream } from './recording-upstream.ts';
import { toMarkdown } from './to-markdown.ts';

/** Starts servers on free ports, probes everything that the index names, and returns the findings as Markdown. */
export async function buildTable(index: ContractIndex): Promise<string> {
  await using upstream = await startRecordingUpstream();
  // A server of MCP tools, and one that ends at once.
  const tools = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-everything/dist/index.js'));
  const program = (...args: string[]) => ({ command: process.execPath, args });
  using file = writeConfig(JSON.stringify({ mcp_servers: { tools: program(tools, 'stdio'), broken: program('-v') } }));
  await using server = await start({ AGENT_URL: upstream.url, TALARIA_CONFIG: file.path });
  await using offline = await start({ TALARIA_CONFIG: file.path });
  const prober = createProber(server.url, upstream);
  const context = { prober, fixtures: await createFixtures(prober) };
  return toMarkdown({
    index,
    operations: await probeOperations(index, context),
    inputItems: await probeInputItems(index, context),
    tools: await probeTools(index, context),
    toolChoices: await probeToolChoices(index, context),
    webSocket: await probeWebSocket(server.url),
    seen: await observeOutput({ offline: offline.url, server: server.url }),
    whyUnsent,
  });
}

function start(settings: Record<'TALARIA_CONFIG', string> & Record<string, string>): Promise<Server> {
  const quiet = { API_SERVER_PORT: '0', STORE_URL: 'memory:', LOG_LEVEL: 'silent' };
  const config = loadConfig({ ...quiet, ...settings });
  return startServer(config, createLog(config.logLevel));
}

async function probeWebSocket(url: string): Promise<Verdict> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/responses`);
  try {
    await once(socket, 'open');
    return { kind: 'supported' };
  } finally {
    socket.close();
  }
}

/** Open Responses has its own names for two events of OpenAI. */
const renamed: Readonly<Record<string, string>> = {
  'response.reasoning.delta': 'it is `response.reasoning_text.delta`, as with OpenAI',
  'response.reasoning.done': 'it is `response.reasoning_text.done`, as with OpenAI',
};

function whyUnsent(event: string): string {
  const fact = `createResponse ${event}`;
  const match = Object.entries(unsentFacts).find(([pattern]) => matches(pattern, fact));
  const reason = match?.[1] ?? renamed[event];
  if (reason === undefined) throw new Error(`${event} was not sent, and no reason is listed.`);
  return reason;
}
