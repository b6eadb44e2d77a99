import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../helpers/find-free-port.ts';
import { startTalaria } from '../helpers/talaria.ts';
import { secret } from '../helpers/webhook-receiver.ts';
import { writeConfig } from '../helpers/write-config.ts';
import { readSample, type SampleLanguage, webhooks } from './sample-files.ts';

export interface SampleServer extends AsyncDisposable {
  /** The port that a receiver of webhooks has to listen on. */
  ports: ReadonlyMap<string, number>;
  /** Returns a sample with the addresses of this server and its receivers. */
  read(operationId: string, language: SampleLanguage): string;
  /** Lets tool calls wait for approval, for the samples that answer them. */
  ask(calls: number): Promise<void>;
}

/** The variables that samples read. */
export const sampleEnvironment = { ...process.env, OPERATOR_KEY: 'none', WEBHOOK_SECRET: secret };

/** Starts a server with an MCP server whose calls need approval, and an endpoint for each webhook. */
export async function startSampleServer(): Promise<SampleServer> {
  const ports = new Map<string, number>();
  for (const operationId of webhooks.keys()) ports.set(operationId, await findFreePort());
  const notes = realpathSync(mkdtempSync(join(tmpdir(), 'talaria-notes-')));
  const config = writeConfig(toSettings(notes, ports));
  const server = await startTalaria({ TALARIA_CONFIG: config.path });
  return {
    ports,
    read: (operationId, language) =>
      readSample(operationId, language)
        .replaceAll('http://127.0.0.1:8642', server.url)
        .replaceAll('8700', `${ports.get(operationId)}`),
    async ask(calls) {
      const input = `/call files__write_file {"path":"${notes}/plan.txt","content":"Rest."}`;
      for (let call = 0; call < calls; call += 1) await server.openai.responses.create({ input });
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      config[Symbol.dispose]();
      rmSync(notes, { recursive: true, force: true });
    },
  };
}

/** Writes the settings as JSON, which is YAML. */
function toSettings(notes: string, ports: ReadonlyMap<string, number>): string {
  const filesystem = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/dist/index.js'));
  const endpoints = [...webhooks].map(([operationId, type]) => [
    operationId,
    { url: `http://127.0.0.1:${ports.get(operationId)}/hooks`, secret, events: [type], allow_private: true },
  ]);
  return JSON.stringify({
    mcp_servers: {
      files: { command: process.execPath, args: [filesystem, notes], require_approval: { always: ['write_file'] } },
    },
    agents: { main: { url: 'offline:', mcp_servers: ['files'] }, mock: { url: 'rules:' } },
    webhooks: Object.fromEntries(endpoints),
  });
}
