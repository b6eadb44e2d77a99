import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../../../test/helpers/find-free-port.ts';
import { startChild } from '../child.ts';
import type { AgentProgram, Place, RunningAgent } from '../program.ts';
import { packageVersion, preparePython } from '../python-environment.ts';
import type { ScriptedModel } from '../scripted-model.ts';

const key = 'sk-litellm-key-of-the-agents-test';

/** The LiteLLM proxy in front of the scripted model. */
export const litellm: AgentProgram = {
  name: 'litellm',
  title: 'LiteLLM proxy',
  model: 'scripted',
  tools: 'called',
  limitations: {},
  start: (place, model) => startLitellm(place, model, {}),
};

/** The same through its Responses API. */
export const litellmResponses: AgentProgram = {
  ...litellm,
  name: 'litellm-responses',
  title: 'LiteLLM proxy (`api: responses`)',
  start: (place, model) => startLitellm(place, model, { AGENT_API: 'responses' }),
};

async function startLitellm(
  { installed, scratch }: Place,
  model: ScriptedModel,
  settings: Record<string, string>,
): Promise<RunningAgent> {
  const environment = await preparePython({
    folder: installed,
    name: 'litellm',
    packages: [['litellm[proxy]']],
    proof: 'bin/litellm',
  });
  const version = await packageVersion(environment, 'litellm');
  const file = join(scratch, 'litellm.yaml');
  // Without the last field LiteLLM passes the Responses API on to the model, which has none.
  const provider = {
    model: 'openai/scripted',
    api_base: model.url,
    api_key: 'scripted-key-0123456789',
    use_chat_completions_api: true,
  };
  await writeFile(file, JSON.stringify({ model_list: [{ model_name: 'scripted', litellm_params: provider }] }));
  const port = await findFreePort();
  const child = await startChild({
    command: join(environment, 'bin', 'litellm'),
    args: ['--config', file, '--host', '127.0.0.1', '--port', `${port}`],
    cwd: scratch,
    env: { LITELLM_MASTER_KEY: key, LITELLM_LOCAL_MODEL_COST_MAP: 'True' },
    readyUrl: `http://127.0.0.1:${port}/health/liveliness`,
  });
  return {
    version,
    settings: { AGENT_URL: `http://127.0.0.1:${port}/v1`, AGENT_API_KEY: key, ...settings },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
