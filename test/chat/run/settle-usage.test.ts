import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimateInputTokens } from '../../../src/agent/usage/estimate-input-tokens.ts';
import { settleUsage } from '../../../src/chat/run/settle-usage.ts';
import { countTokens } from '../../../src/tokens/count-tokens.ts';
import { translate } from '../assemble.ts';

const request = translate({});
const silent = { answer: '', reasoning: '' };
const counted = (outputTokens: number, reasoningTokens: number) => ({
  request,
  assembler: { usage: { inputTokens: 20, cachedInputTokens: 4, outputTokens, reasoningTokens }, produced: silent },
});

describe('the token counts of a completion', () => {
  it('are those of the agent', async () => {
    const { assembler } = counted(7, 3);
    assert.deepEqual(await settleUsage([counted(7, 3)]), assembler.usage);
  });

  it('add up what all choices produced, and count their prompt once', async () => {
    assert.deepEqual(await settleUsage([counted(7, 3), counted(5, 0), counted(1, 1)]), {
      inputTokens: 20,
      cachedInputTokens: 4,
      outputTokens: 13,
      reasoningTokens: 4,
    });
  });

  it('are estimated for the choices of which the agent gave none', async () => {
    const produced = { answer: 'Hello there, you.', reasoning: 'I think.' };
    const reasoningTokens = await countTokens(produced.reasoning);
    const outputTokens = reasoningTokens + (await countTokens(produced.answer));
    const uncounted = { request, assembler: { usage: undefined, produced } };
    assert.deepEqual(await settleUsage([uncounted]), {
      inputTokens: await estimateInputTokens(request),
      cachedInputTokens: 0,
      outputTokens,
      reasoningTokens,
    });
    const both = await settleUsage([counted(7, 3), uncounted]);
    assert.deepEqual([both.outputTokens, both.reasoningTokens], [7 + outputTokens, 3 + reasoningTokens]);
  });
});
