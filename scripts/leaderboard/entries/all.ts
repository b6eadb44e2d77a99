import type { Entry } from '../entry.ts';
import { agenticApi } from './gateways/agentic-api.ts';
import { litellm, litellmBridge } from './gateways/litellm.ts';
import { portkey } from './gateways/portkey.ts';
import { smg } from './gateways/smg.ts';
import { aimock } from './mocks/aimock.ts';
import { fakellm } from './mocks/fakellm.ts';
import { llmMockApi } from './mocks/llm-mock-api.ts';
import { llmock } from './mocks/llmock.ts';
import { mockLlm } from './mocks/mock-llm.ts';
import { mockllm } from './mocks/mockllm.ts';
import { stubllm } from './mocks/stubllm.ts';
import { hermes } from './servers/hermes.ts';
import { llama } from './servers/llama.ts';
import { talaria, talariaGateway } from './servers/talaria.ts';
import { transformers } from './servers/transformers.ts';

/** All entries, in the order in which they run. */
export const entries: readonly Entry[] = [
  talaria,
  talariaGateway,
  aimock,
  fakellm,
  llmMockApi,
  llmock,
  mockLlm,
  mockllm,
  stubllm,
  agenticApi,
  litellm,
  litellmBridge,
  portkey,
  smg,
  hermes,
  llama,
  transformers,
];
