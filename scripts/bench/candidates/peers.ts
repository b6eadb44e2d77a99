import { agenticApi } from '../../leaderboard/entries/gateways/agentic-api.ts';
import { litellmBridge } from '../../leaderboard/entries/gateways/litellm.ts';
import { portkey } from '../../leaderboard/entries/gateways/portkey.ts';
import type { Entry } from '../../leaderboard/entry.ts';
import { startEntry } from '../../leaderboard/start-entry.ts';
import { upstreamModels } from '../servers/chat-text.ts';
import type { Candidate } from './candidate.ts';

/** Returns other servers with the same APIs. They are installed into a folder at their first start. */
export const createPeers = (installed: string): Candidate[] =>
  [agenticApi, withModels(litellmBridge), portkey].map((entry) => createPeer(entry, installed));

function createPeer(entry: Entry, installed: string): Candidate {
  return {
    name: entry.title,
    async start({ upstream, folder }) {
      const running = await startEntry(entry, { installed, scratch: folder, upstream });
      const headers = { authorization: `Bearer ${entry.key}`, ...readHeaders(entry, running.fill) };
      return {
        url: running.origin,
        pid: running.program.pid,
        headers,
        [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
      };
    },
  };
}

/** Returns the headers that the entry's checks send. */
function readHeaders({ options = [] }: Entry, fill: (text: string) => string): Record<string, string> {
  const lines = options.filter((_, index) => options[index - 1] === '--header').map(fill);
  return Object.fromEntries(lines.map((line) => line.split(/: (.*)/, 2)));
}

/** Repeats the model of the entry's configuration for each model of the upstream. */
function withModels(entry: Entry): Entry {
  const files = Object.entries(entry.files ?? {}).map(([name, text]) => {
    const {
      model_list: [model],
      ...rest
    } = JSON.parse(text);
    const models = upstreamModels.map((upstreamModel) => ({
      model_name: upstreamModel,
      litellm_params: { ...model.litellm_params, model: `openai/${upstreamModel}` },
    }));
    return [name, JSON.stringify({ ...rest, model_list: models })];
  });
  return { ...entry, files: Object.fromEntries(files) };
}
