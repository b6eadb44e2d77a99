import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../../../test/helpers/find-free-port.ts';
import { startChild } from '../child.ts';
import type { AgentProgram, Place, RunningAgent } from '../program.ts';
import { packageVersion, preparePython } from '../python-environment.ts';
import type { ScriptedModel } from '../scripted-model.ts';

const key = 'hermes-key-of-the-agents-test';

/** Hermes with its terminal tool, in front of the scripted model. */
export const hermes: AgentProgram = {
  name: 'hermes',
  title: 'Hermes agent (`api: hermes`)',
  model: 'scripted',
  tools: 'own',
  limitations: {},
  start: (place, model) => startHermes(place, model, { AGENT_API: 'hermes' }),
};

/** The same through its Responses API. Only its own state keeps the results of its tools there. */
export const hermesResponses: AgentProgram = {
  ...hermes,
  name: 'hermes-responses',
  title: 'Hermes agent (`api: responses`, `upstream_state`)',
  limitations: { cancel: 'Hermes notices a closed connection at its next write, so its tool goes on.' },
  start: (place, model) =>
    startHermes(place, model, {
      AGENT_API: 'responses',
      AGENT_UPSTREAM_STATE: '1',
      AGENT_STRUCTURED_OUTPUTS: 'prompt',
      AGENT_MAX_RUNS: '10',
    }),
};

async function startHermes(
  { installed, scratch }: Place,
  model: ScriptedModel,
  settings: Record<string, string>,
): Promise<RunningAgent> {
  const environment = await preparePython({
    folder: installed,
    name: 'hermes',
    packages: [['hermes-agent==0.19.*', 'aiohttp']],
    proof: 'bin/hermes',
  });
  const version = await packageVersion(environment, 'hermes-agent');
  const home = join(scratch, 'hermes-home');
  const workFolder = join(scratch, 'hermes-work');
  await Promise.all([mkdir(home, { recursive: true }), mkdir(workFolder, { recursive: true })]);
  // JSON is YAML.
  const config = {
    model: {
      default: 'scripted',
      provider: 'custom',
      base_url: model.url,
      api_key: 'scripted-key-0123456789',
      context_length: 200_000,
    },
    terminal: { backend: 'local', cwd: workFolder },
  };
  await writeFile(join(home, 'config.yaml'), JSON.stringify(config));
  const port = await findFreePort();
  const child = await startChild({
    command: join(environment, 'bin', 'hermes'),
    args: ['gateway', 'run'],
    cwd: workFolder,
    env: {
      HERMES_HOME: home,
      API_SERVER_ENABLED: 'true',
      API_SERVER_KEY: key,
      API_SERVER_PORT: `${port}`,
      API_SERVER_HOST: '127.0.0.1',
    },
    readyUrl: `http://127.0.0.1:${port}/health`,
  });
  return {
    version,
    workFolder,
    settings: {
      AGENT_URL: `http://127.0.0.1:${port}/v1`,
      AGENT_API_KEY: key,
      ...settings,
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
