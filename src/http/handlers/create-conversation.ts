import type { Handler } from '../../contract/operations.ts';
import { createConversationId } from '../../ids.ts';
import { openFor } from '../../items/open-sealed.ts';
import { toNewItems } from '../../items/to-new-items.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toConversation } from '../to-conversation.ts';

export type NewItemsDeps = Pick<HandlerDeps, 'store' | 'sealer' | 'expiresAt' | 'history' | 'admitStorage'>;

export function createConversation({ store, sealer, history, ...deps }: NewItemsDeps): Handler<'createConversation'> {
  return async ({ body, tenant }) => {
    await deps.admitStorage(tenant, body);
    const items = await toNewItems(body.items ?? [], { store, tenant, history, open: openFor(sealer, tenant) });
    const conversation = {
      id: createConversationId(),
      createdAt: Math.floor(Date.now() / 1000),
      metadata: body.metadata ?? {},
    };
    await store.conversations.create({ ...conversation, tenant, items, expiresAt: deps.expiresAt(tenant) });
    return ok(toConversation(conversation));
  };
}
