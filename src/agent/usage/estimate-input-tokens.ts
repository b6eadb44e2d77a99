import { countTokens } from '../../tokens/count-tokens.ts';
import type { AgentMessage, AgentPart, AgentRequest } from '../agent-client.ts';
import { toWholeRequest } from '../history/read-history.ts';

/**
 * The overhead of a chat format: 3 tokens for each message, 1 for a name, 3 to open the answer. From OpenAI's Cookbook,
 * "How to count tokens with tiktoken".
 */
const messageTokens = 3;
const nameTokens = 1;
const answerTokens = 3;
/** Around each function definition, from the same page (`func_init` of gpt-4o). */
const toolTokens = 7;
/**
 * OpenAI's guide "Images and vision": 85 tokens for `detail: low`, and 765 for a 1024 x 1024 image in high detail
 * (85 and 170 for each of four tiles). The size of an image is unknown here, so every image counts as this one.
 */
const lowDetailImageTokens = 85;
const imageTokens = 765;
/** Files are not parsed: each counts as one page shown as an image. */
const fileTokens = imageTokens;

/**
 * Estimates the input tokens of a request, for agents that report no usage: text by the real tokenizer, the rest by the
 * fixed figures above.
 */
export async function estimateInputTokens(estimated: AgentRequest): Promise<number> {
  const request = toWholeRequest(estimated);
  const texts: string[] = [];
  let fixed = answerTokens;
  if (request.instructions !== undefined) {
    texts.push(request.instructions);
    fixed += messageTokens;
  }
  for (const message of request.messages) {
    texts.push(...messageTexts(message));
    fixed += messageOverhead(message);
  }
  for (const tool of request.tools) {
    texts.push(JSON.stringify({ name: tool.name, description: tool.description, parameters: tool.parameters }));
    fixed += toolTokens;
  }
  if (request.format?.type === 'json_schema') texts.push(JSON.stringify(request.format.schema));
  return fixed + (await countTokens(texts));
}

function messageTexts(message: AgentMessage): string[] {
  const texts = message.content.map(partText);
  if (message.role === 'tool') return texts;
  if (message.name !== undefined) texts.push(message.name);
  if (message.role === 'user') return texts;
  texts.push(message.reasoning ?? '', message.refusal ?? '');
  for (const call of message.toolCalls) texts.push(call.name, call.arguments);
  return texts;
}

function messageOverhead(message: AgentMessage): number {
  const parts = message.content.reduce((sum, part) => sum + partOverhead(part), 0);
  const name = message.role !== 'tool' && message.name !== undefined ? nameTokens : 0;
  return messageTokens + name + parts;
}

function partText(part: AgentPart): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'image':
      return '';
    case 'file':
      return part.filename ?? '';
    default:
      return part satisfies never;
  }
}

function partOverhead(part: AgentPart): number {
  switch (part.type) {
    case 'text':
      return 0;
    case 'image':
      return part.detail === 'low' ? lowDetailImageTokens : imageTokens;
    case 'file':
      return fileTokens;
    default:
      return part satisfies never;
  }
}
