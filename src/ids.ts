import { randomBytes } from 'node:crypto';

/** Random bytes are drawn in blocks: one system call serves many ids. */
const blockSize = 4096;
const bytesPerId = 16;
let block = Buffer.alloc(0);
let used = 0;

function randomHex(): string {
  if (used + bytesPerId > block.length) {
    block = randomBytes(blockSize);
    used = 0;
  }
  const hex = block.toString('hex', used, used + bytesPerId);
  used += bytesPerId;
  return hex;
}

export type ResponseId = `resp_${string}`;
export type ChatCompletionId = `chatcmpl-${string}`;
export type ConversationId = `conv_${string}`;

/** The prefix says what an id names, as in OpenAI's API: `msg_`, `fc_`, `rs_`, … */
export type ItemIdPrefix = 'msg' | 'fc' | 'fco' | 'rs' | 'ctc' | 'ctco' | 'cmp' | 'item';

export const createResponseId = (): ResponseId => `resp_${randomHex()}`;
export const createChatCompletionId = (): ChatCompletionId => `chatcmpl-${randomHex()}`;
export const createConversationId = (): ConversationId => `conv_${randomHex()}`;
export const createItemId = (prefix: ItemIdPrefix): string => `${prefix}_${randomHex()}`;
export const createCallId = (): string => `call_${randomHex()}`;
export const createRequestId = (): string => `req_${randomHex()}`;
export const createSessionId = (): string => `sess_${randomHex()}`;

export const isResponseId = (value: string): value is ResponseId => /^resp_[0-9a-f]{32}$/.test(value);
export const isChatCompletionId = (value: string): value is ChatCompletionId => /^chatcmpl-[0-9a-f]{32}$/.test(value);
export const isConversationId = (value: string): value is ConversationId => /^conv_[0-9a-f]{32}$/.test(value);
