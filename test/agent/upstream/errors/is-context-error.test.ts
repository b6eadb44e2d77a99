import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isContextError } from '../../../../src/agent/upstream/errors/is-context-error.ts';

const tooLong: Record<string, string> = {
  OpenAI: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
  'OpenAI, newer': 'Your input exceeds the context window of this model. Please adjust your input and try again.',
  Azure: 'Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300000 tokens.',
  Anthropic: 'prompt is too long: 210000 tokens > 200000 maximum',
  'Anthropic, with max_tokens': 'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000',
  Bedrock: 'Input is too long for requested model.',
  Gemini: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
  Mistral: 'Prompt contains 40000 tokens, too large for model with 32768 maximum context length',
  Groq: 'Please reduce the length of the messages or completion.',
  xAI: "This model's maximum prompt length is 131072 but the request contains 140000 tokens.",
  Cohere: 'too many tokens: total number of tokens in the prompt cannot exceed 4081',
  Copilot: 'prompt token count of 140000 exceeds the limit of 128000',
  DashScope: 'Range of input length should be [1, 30720]',
  'llama.cpp': 'the request exceeds the available context size, try increasing it',
  'llama.cpp, its type': 'exceed_context_size_error',
  'LM Studio':
    'The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 13055>= n_ctx: 4096).',
  'LM Studio, older':
    'Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with a context length of only 4096 tokens.',
  Ollama: 'prompt too long; exceeded max context length by 10 tokens',
  'vLLM, older': 'The decoder prompt (length 5000) is longer than the maximum model length of 4096.',
  SGLang: "The input (5000 tokens) is longer than the model's context length (4096 tokens).",
  'text-generation-inference':
    'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens',
  'a code': 'context_length_exceeded',
};

const others = [
  'The parameter "context" is not supported.',
  'Unknown field: context_window.',
  'Too many tokens per minute. Please slow down.',
  'Rate limit reached for requests. The context of your plan allows 3 a minute.',
  'The context length of the model is 4096 tokens.',
  'Error while loading the conversation context.',
  'The name is too long.',
];

suite('isContextError', () => {
  for (const [server, text] of Object.entries(tooLong)) {
    test(`recognises the wording of ${server}`, () => assert.ok(isContextError(text), text));
  }
  for (const text of others) {
    test(`does not recognise: ${text}`, () => assert.ok(!isContextError(text)));
  }
});
