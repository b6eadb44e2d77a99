import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../test/helpers/find-free-port.ts';
import { type Child, startChild } from './child.ts';
import type { AgentProgram, Place } from './program.ts';
import { startScriptedModel } from './scripted-model.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

const parameters = {
  type: 'object',
  properties: { city: { type: 'string', enum: ['Paris', 'Rome'] } },
  required: ['city'],
};
const weather = { name: 'get_weather', description: 'Returns the weather of a city.', parameters };

/** Records an agent's own replies to a few short requests, without a server in between, in `FOLDER/NAME.jsonl`. */
export async function recordAgent(program: AgentProgram, place: Place, folder: string): Promise<string> {
  const file = join(folder, `${program.name}.jsonl`);
  await using scripted = await startScriptedModel();
  await using agent = await program.start(place, scripted);
  const { AGENT_URL: upstream = '', AGENT_API_KEY: key = 'none' } = agent.settings;
  await rm(file, { force: true });
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}${new URL(upstream).pathname}`;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const post = async (path: string, body: object): Promise<string> => {
    const response = await fetch(`${url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.text();
  };
  {
    await using _recorder: Child = await startChild({
      command: process.execPath,
      args: [main, 'record', upstream, '--port', `${port}`, '--out', file, '--quiet'],
      cwd: place.scratch,
      readyUrl: `${url}/models`,
      readyHeaders: headers,
    });
    const asksTool = program.tools !== 'accepted';
    const isForced = program.tools === 'forced';
    const input =
      program.tools === 'own' ? 'call terminal {"command":"echo found"}' : 'call get_weather {"city":"Paris"}';
    const list = await fetch(`${url}/models`, { headers });
    const { data } = (await list.json()) as { data: { id: string }[] };
    const model = data[0]?.id;
    const chat = { model, max_tokens: isForced ? 60 : 8 };
    const said = [{ role: 'user', content: 'say hello from the agent' }];
    const streamed = { stream: true, stream_options: { include_usage: true } };
    await post('chat/completions', { ...chat, messages: said });
    await post('chat/completions', { ...chat, ...streamed, messages: said });
    if (asksTool) {
      const choice = isForced ? { tool_choice: { type: 'function', function: { name: weather.name } } } : {};
      const tools = { tools: [{ type: 'function', function: weather }], ...choice };
      const messages = [{ role: 'user', content: input }];
      await post('chat/completions', { ...chat, ...streamed, messages, ...tools });
    }
    const response = { model, store: false, max_output_tokens: 8 };
    if (isMissing(await post('responses', { ...response, input: said[0]?.content }))) return file;
    await post('responses', { ...response, stream: true, input: said[0]?.content });
    if (asksTool) {
      await post('responses', { ...response, stream: true, input, tools: [{ type: 'function', ...weather }] });
    }
    if (program.tools === 'own') {
      const session = 'recorded';
      const { run_id: id } = JSON.parse(await post('runs', { input, session_id: session }));
      await (await fetch(`${url}/runs/${id}/events`, { headers })).text();
      await (await fetch(new URL(`/api/sessions/${session}/messages`, url), { headers })).text();
    }
  }
  return file;
}

const isMissing = (text: string): boolean => /not found/i.test(text);
