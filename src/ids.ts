import { randomBytes } from 'node:crypto';

/** Random bytes are drawn in blocks, to share one system call among many ids. */
const blockSize = 4096;
const bytesPerId = 16;
const timeBytes = 6;
let block = Buffer.alloc(0);
let used = 0;

/**
 * Returns Unix milliseconds followed by 80 random bits, in hex. Ids cannot be guessed, and consecutive ids are adjacent in
 * a store's indexes: with fully random ids, inserting a response into SQLite costs a third more.
 */
function timedHex(): string {
  if (used + bytesPerId > block.length) {
    block = randomBytes(blockSize);
    used = 0;
  }
  block.writeUIntBE(Date.now(), used, timeBytes);
  const hex = block.toString('hex', used, used + bytesPerId);
  used += bytesPerId;
  return hex;
}

export type ResponseId = `resp_${string}`;
export type ChatCompletionId = `chatcmpl-${string}`;
/** The successor of a steered response has the hex digits of its first steer: `resp_…`. */
export type SteerId = `steer_${string}`;
export type ConversationId = `conv_${string}`;

/** Prefixes of item ids, as in OpenAI's API: `msg_`, `fc_`, `mcp_`, … */
export type ItemIdPrefix =
  | 'msg'
  | 'fc'
  | 'fco'
  | 'rs'
  | 'ctc'
  | 'ctco'
  | 'cmp'
  | 'item'
  | 'mcp'
  | 'mcpl'
  | 'mcpr'
  | 'ws'
  | 'fs'
  | 'ci'
  | CallPrefix;
/** Those of the calls of `shell`, `local_shell`, `apply_patch` and `tool_search`. */
type CallPrefix = 'sh' | 'lsh' | 'apc' | 'tsc';

export const createResponseId = (): ResponseId => `resp_${timedHex()}`;
export const createChatCompletionId = (): ChatCompletionId => `chatcmpl-${timedHex()}`;
export const createConversationId = (): ConversationId => `conv_${timedHex()}`;
export const createItemId = (prefix: ItemIdPrefix): string => `${prefix}_${timedHex()}`;
export const createCallId = (): string => `call_${timedHex()}`;
export const createRequestId = (): string => `req_${timedHex()}`;
export const createServerId = (): string => `srv_${timedHex()}`;
export const createSteerId = (): SteerId => `steer_${timedHex()}`;
export const createEventId = (): string => `evt_${timedHex()}`;
export const createWebhookId = (): string => `wh_${timedHex()}`;
export const createSessionId = (): string => `sess_${timedHex()}`;

export const isResponseId = (value: string): value is ResponseId => /^resp_[0-9a-f]{32}$/.test(value);
export const isChatCompletionId = (value: string): value is ChatCompletionId => /^chatcmpl-[0-9a-f]{32}$/.test(value);
export const isConversationId = (value: string): value is ConversationId => /^conv_[0-9a-f]{32}$/.test(value);
