import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';

export interface RulesServer extends TestServer {
  /** The path of the rules file. */
  file: string;
  directory: string;
}

/** Starts a server that answers by these rules: the text of a file, or its value. */
export async function startRules(rules: unknown, settings: Record<string, string> = {}): Promise<RulesServer> {
  const directory = mkdtempSync(join(tmpdir(), 'talaria-rules-'));
  const file = join(directory, 'rules.yaml');
  writeFileSync(file, typeof rules === 'string' ? rules : JSON.stringify(rules));
  const server = await startTalaria({ AGENT_URL: `rules:${file}`, ...settings });
  return {
    ...server,
    file,
    directory,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true });
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: tests read the JSON that they expect
type Json = any;

/** Reads a JSON reply. */
export const readJson = async (response: Response): Promise<Json> => JSON.parse(await response.text());

/** Returns the text of the first choice that a request gets. */
export async function answer(url: string, message = 'Hi'): Promise<string> {
  const { choices } = await readJson(await ask(url, { message }));
  return choices[0].message.content;
}

export interface Asked {
  message: string;
  stream?: boolean;
  headers?: Record<string, string>;
  /** Further fields of the request. */
  body?: Record<string, unknown>;
}

/** Sends a chat completion as it is, without an SDK and its retries. */
export function ask(url: string, { message, stream = false, headers = {}, body = {} }: Asked): Promise<Response> {
  const request = { model: 'test', messages: [{ role: 'user', content: message }], stream, ...body };
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(request),
  });
}
