import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import type { McpServerConfig } from '../config/mcp/mcp-config.ts';
import type { AgentConfig } from '../config/to-agent-config.ts';
import { loadContract } from '../contract/load-contract.ts';
import { doctorLimits } from '../doctor/doctor-limits.ts';
import { type ExamineOptions, examineAgent } from '../doctor/examine-agent.ts';
import { examineMcpServer } from '../doctor/examine-mcp-server.ts';
import { type Finding, pass } from '../doctor/finding.ts';
import { toText } from '../doctor/to-text.ts';
import { type Command, UsageError } from './command.ts';
import { parseWords } from './parse-words.ts';
import { toSettingsPlace } from './to-settings-place.ts';

const help = `Usage: talaria doctor [OPTIONS] [AGENT]

Check the configured agents and MCP servers, or only AGENT: whether each can be reached, accepts its credentials, and
what it can do.
Prints what to set if something is wrong or limited. Reads the same environment and file as talaria serve.

Options:
  --json              Print a JSON report
  --timeout SECONDS   Time limit of one answer (default: ${doctorLimits.timeoutMs / 1000})
  --runs N            Requests to send at once, 0 to 64; 0 omits this check (default: ${doctorLimits.runs})
  -h, --help          Print this help

Sends about five short requests, then N at once. With a real model they cost a few hundred tokens.

Exit codes:
  0   All work, possibly with limitations (!)
  1   Requests to an agent, or calls of a server's tools, fail (✗)
  2   Usage error
`;

const options = {
  json: { type: 'boolean', default: false },
  timeout: { type: 'string', default: `${doctorLimits.timeoutMs / 1000}` },
  runs: { type: 'string', default: `${doctorLimits.runs}` },
} as const;

interface AgentReport {
  agent: string;
  url: string;
  api: string | undefined;
  findings: Finding[];
}

interface McpReport {
  server: string;
  /** Without arguments and query, which may contain a key. */
  reach: string;
  findings: Finding[];
}

export const doctor: Command = {
  async run(args) {
    const words = parseWords({ args, help, options, maxPositionals: 1 });
    if (words === undefined) return 0;
    const { values, positionals } = words;
    const timeoutMs = toMilliseconds(values.timeout);
    const runs = toRuns(values.runs);
    const config = loadConfig();
    const examine: ExamineOptions = { place: toSettingsPlace(), timeoutMs, runs, schemas: config.schemas };
    const color = process.stdout.isTTY && process.stdout.hasColors();
    const print = (text: string) => values.json || process.stdout.write(text);
    const reports: AgentReport[] = [];
    for (const [name, agent] of selectAgents(config.agents, positionals[0])) {
      const report = { agent: name, ...describe(agent), findings: [] as Finding[] };
      reports.push(report);
      print(`${reports.length > 1 ? '\n' : ''}${toTitle(report)}\n`);
      for await (const finding of examineAny(name, agent, examine)) {
        report.findings.push(finding);
        print(toText(finding, { color }));
      }
    }
    const servers: McpReport[] = [];
    for (const [label, server] of positionals[0] === undefined ? config.mcp.servers : []) {
      const report = {
        server: label,
        reach: describeServer(server),
        findings: await examineServer(label, config, timeoutMs),
      };
      servers.push(report);
      print(
        `\n${label}: ${report.reach} (MCP)\n${report.findings.map((finding) => toText(finding, { color })).join('')}`,
      );
    }
    if (values.json) {
      process.stdout.write(`${JSON.stringify({ version: 1, agents: reports, mcp_servers: servers }, null, 2)}\n`);
    }
    const findings = [...reports, ...servers].flatMap((report) => report.findings);
    return findings.some(({ verdict }) => verdict === 'fail') ? 1 : 0;
  },
};

function examineServer(label: string, { mcp }: Config, timeoutMs: number): Promise<Finding[]> {
  const { version } = loadContract();
  return examineMcpServer(label, mcp, { timeoutMs, version });
}

const describeServer = ({ reach }: McpServerConfig): string =>
  reach.kind === 'http' ? reach.url.replace(/\?.*$/s, '') : reach.command;

/** Yields the findings of an agent of any kind. */
async function* examineAny(name: string, agent: AgentConfig, options: ExamineOptions): AsyncGenerator<Finding> {
  if (agent.kind === 'upstream') yield* examineAgent(name, agent, options);
  else yield pass('reachable', 'part of this server: needs no connection');
}

/** Without the query of a URL, which may contain a key. */
function describe(agent: AgentConfig): Pick<AgentReport, 'url' | 'api'> {
  switch (agent.kind) {
    case 'offline':
      return { url: 'offline:', api: undefined };
    case 'rules':
      return { url: `rules:${agent.file ?? ''}`, api: undefined };
    case 'replay':
      return { url: `replay:${agent.file}`, api: undefined };
    case 'upstream':
      return { url: agent.url.replace(/\?.*$/s, ''), api: agent.api };
  }
}

const toTitle = ({ agent, url, api }: AgentReport): string => `${agent}: ${url}${api === undefined ? '' : ` (${api})`}`;

function selectAgents(agents: ReadonlyMap<string, AgentConfig>, name: string | undefined): [string, AgentConfig][] {
  if (name === undefined) return [...agents];
  const agent = agents.get(name);
  if (agent) return [[name, agent]];
  throw new UsageError(`Unknown agent "${name}". Expected one of: ${[...agents.keys()].join(', ')}.`);
}

function toMilliseconds(word: string): number {
  const seconds = Number(word);
  if (!(seconds > 0 && seconds <= 3600))
    throw new UsageError(`--timeout "${word}" is invalid: expected seconds, above 0 and up to 3600.`);
  return seconds * 1000;
}

function toRuns(word: string): number {
  const runs = Number(word);
  if (!/^\d+$/.test(word) || runs > 64) throw new UsageError(`--runs "${word}" is invalid: expected 0 to 64.`);
  return runs;
}
