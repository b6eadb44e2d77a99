import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { toConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { createLog } from '../../src/log.ts';
import { type Server, startServer } from '../../src/server.ts';
import { recordChat } from './record-chat.ts';
import { recordConversations } from './record-conversations.ts';
import { recordErrors } from './record-errors.ts';
import { recordBackground, recordResponseStreams, recordResponses } from './record-responses.ts';
import { recordStates } from './record-states.ts';
import { Recorder, type Recording } from './recorder.ts';

/** Records every example from servers with the offline agent. The recordings are the same each time. */
export async function recordAll(): Promise<Record<string, Recording>> {
  await using open = await start({});
  const recorder = new Recorder(open.url);
  const requests = await readRequests();
  await recordResponses(recorder, requests);
  await recordResponseStreams(recorder, requests);
  await recordBackground(recorder);
  await recordConversations(recorder);
  await recordChat(recorder, requests);
  await recordErrors(recorder);
  await recordStates(recorder, start);
  return recorder.recordings;
}

function start(settings: Record<string, string>): Promise<Server> {
  const settled = { API_SERVER_PORT: '0', STORE_URL: 'memory:', API_SERVER_SHUTDOWN_MS: '1', ...settings };
  return startServer(toConfig(readEnvironment(settled)), createLog('silent'));
}

/** Returns the example requests of the contract, whose replies are recorded. */
async function readRequests(): Promise<Record<string, Record<string, unknown>>> {
  const text = await readFile(new URL('../../openapi.yaml', import.meta.url), 'utf8');
  const examples: Record<string, { value: Record<string, unknown> }> = parse(text).components.examples;
  return Object.fromEntries(Object.entries(examples).map(([name, { value }]) => [name, value]));
}
