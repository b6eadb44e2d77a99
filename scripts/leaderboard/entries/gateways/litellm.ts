import type { Entry } from '../../entry.ts';
import { upstreamKey } from '../../upstream-key.ts';

const key = 'sk-litellm-key-of-the-leaderboard';

const base = {
  kind: 'gateway',
  registry: 'PyPI',
  packages: ['litellm[proxy]==1.108.7'],
  command: ['litellm', '--config', 'litellm.yaml', '--host', '127.0.0.1', '--port', '{port}'],
  env: { LITELLM_MASTER_KEY: key, LITELLM_LOCAL_MODEL_COST_MAP: 'True' },
  ready: '/health/liveliness',
  key,
  model: 'obedient',
} as const;

const toConfig = (more: object): string =>
  JSON.stringify(
    {
      model_list: [
        {
          model_name: 'obedient',
          litellm_params: {
            model: 'openai/obedient',
            api_base: '{upstream}/v1',
            api_key: upstreamKey,
            ...more,
          },
        },
      ],
      // The audits provoke errors; without this LiteLLM stops using the upstream for a while.
      router_settings: { disable_cooldowns: true },
    },
    null,
    2,
  );

const noDatabase = 'It runs without its database: an unknown key is then refused with 400, "No connected db."';

/** The upstream serves both APIs. */
export const litellm: Entry = {
  ...base,
  name: 'litellm',
  title: 'LiteLLM proxy',
  files: { 'litellm.yaml': toConfig({}) },
  notes: ["The Responses API is the upstream's, passed on with ids of LiteLLM's own.", noDatabase],
};

/** The upstream serves chat completions only. */
export const litellmBridge: Entry = {
  ...base,
  name: 'litellm-bridge',
  title: 'LiteLLM proxy, Responses from chat completions',
  files: { 'litellm.yaml': toConfig({ use_chat_completions_api: true }) },
  notes: ["The Responses API is LiteLLM's own, made from chat completions; it stores no responses.", noDatabase],
};
