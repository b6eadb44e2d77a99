import { approvals } from './areas/approvals.ts';
import { chains } from './areas/chains.ts';
import { chat } from './areas/chat.ts';
import { chatStreams } from './areas/chat-stream.ts';
import { conversations } from './areas/conversations.ts';
import { cors } from './areas/cors.ts';
import { disconnects } from './areas/disconnects.ts';
import { errors } from './areas/errors.ts';
import { idempotency } from './areas/idempotency.ts';
import { leniency } from './areas/leniency.ts';
import { limits } from './areas/limits.ts';
import { mcp } from './areas/mcp.ts';
import { models } from './areas/models.ts';
import { openResponses } from './areas/open-responses.ts';
import { responses } from './areas/responses.ts';
import { resume } from './areas/resume.ts';
import { storedChat } from './areas/stored-chat.ts';
import { stream } from './areas/stream.ts';
import { streamItems } from './areas/stream-items.ts';
import { tenancy } from './areas/tenancy.ts';
import { tools } from './areas/tools.ts';
import { websocket } from './areas/websocket.ts';
import type { Area, Audit } from './audit.ts';

/** All audits, in the order of the report. */
export const areas: readonly Area[] = [
  models,
  chat,
  chatStreams,
  storedChat,
  responses,
  stream,
  streamItems,
  openResponses,
  tools,
  mcp,
  approvals,
  chains,
  conversations,
  resume,
  idempotency,
  websocket,
  errors,
  leniency,
  disconnects,
  limits,
  tenancy,
  cors,
];

export const audits: readonly Audit[] = areas.flatMap((area) => area.audits);

/**
 * Selects the audits named by `--only`: ids, prefixes up to a dot, or either with `*` as a wildcard. Throws a
 * RangeError for a word that matches none.
 */
export function selectAudits(words: readonly string[]): readonly Audit[] {
  for (const word of words) {
    if (!audits.some(({ id }) => means(word, id))) throw new RangeError(`No audit matches "${word}".`);
  }
  return words.length === 0 ? audits : audits.filter(({ id }) => words.some((word) => means(word, id)));
}

function means(word: string, id: string): boolean {
  const letters = word
    .replace(/\.$/, '')
    .split('*')
    .map((part) => part.replaceAll(/[^\w-]/g, '\\$&'));
  return new RegExp(`^${letters.join('.*')}(?:\\.|$)`).test(id);
}
