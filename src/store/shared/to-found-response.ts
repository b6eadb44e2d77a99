import { limits } from '../../config/limits.ts';
import type { ConversationId, ResponseId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { FoundResponse } from '../response-store.ts';

export interface FoundRow {
  id: ResponseId;
  tenant: string;
  parentId: ResponseId | null;
  conversationId: ConversationId | null;
  createdAt: number;
  /** JSON. */
  resource: string;
}

/** Returns a found response. `input`: its first input items, as JSON. */
export function toFoundResponse({ resource: text, ...row }: FoundRow, input: readonly string[]): FoundResponse {
  const { model, status }: { model?: unknown; status?: unknown } = JSON.parse(text);
  const { id, tenant, createdAt, parentId, conversationId } = row;
  return {
    id,
    tenant,
    createdAt,
    ...omitUndefined({ parentId, conversationId, model: toText(model), status: toText(status) }),
    ...omitUndefined({ inputText: findInputText(input) }),
  };
}

const toText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

interface Message {
  role?: unknown;
  content?: unknown;
}

/** Returns the beginning of the first text of the user. */
function findInputText(bodies: readonly string[]): string | undefined {
  for (const body of bodies) {
    const { role, content }: Message = JSON.parse(body);
    const text = role === 'user' ? toContentText(content) : undefined;
    if (text !== undefined) return text.slice(0, limits.foundTextCharacters);
  }
  return undefined;
}

function toContentText(content: unknown): string | undefined {
  if (!Array.isArray(content)) return toText(content);
  return content.map((part: { text?: unknown } | null) => toText(part?.text)).find((text) => text !== undefined);
}

/** Returns a function that tells whether the JSON of an item contains a text, in any case. */
export function toTextMatch(text: string): (body: string) => boolean {
  const sought = JSON.stringify(text).slice(1, -1).toLowerCase();
  return (body) => body.toLowerCase().includes(sought);
}
