import { loadContract } from '../../../src/contract/load-contract.ts';
import type { AgentProgram } from '../program.ts';
import { startTalaria } from '../start-talaria.ts';

/** Talaria behind Talaria, through its Responses API. The inner one is in front of the scripted model. */
export const anotherTalaria: AgentProgram = {
  name: 'talaria',
  title: 'another Talaria (`api: responses`)',
  model: 'scripted',
  tools: 'called',
  limitations: {},
  async start({ scratch }, model) {
    const inner = await startTalaria(`${scratch}/inner`, { AGENT_URL: model.url });
    return {
      version: loadContract().document.info.version,
      settings: { AGENT_URL: `${inner.url}/v1`, AGENT_API_KEY: inner.keys.acme, AGENT_API: 'responses' },
      [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
    };
  },
};
