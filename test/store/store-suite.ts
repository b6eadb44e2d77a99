import { describe } from 'node:test';
import { chainTests } from './suite/chain-tests.ts';
import { chatCompletionListTests } from './suite/chat-completion-list-tests.ts';
import { chatCompletionTests } from './suite/chat-completion-tests.ts';
import { contentTests } from './suite/content-tests.ts';
import { conversationEvictTests } from './suite/conversation-evict-tests.ts';
import { conversationPageTests } from './suite/conversation-page-tests.ts';
import { conversationTests } from './suite/conversation-tests.ts';
import { conversationTurnTests } from './suite/conversation-turn-tests.ts';
import { conversationWalkTests } from './suite/conversation-walk-tests.ts';
import { deleteTests } from './suite/delete-tests.ts';
import { evictTests } from './suite/evict-tests.ts';
import { expiryTests } from './suite/expiry-tests.ts';
import { fenceTests } from './suite/fence-tests.ts';
import { idempotencyTests } from './suite/idempotency-tests.ts';
import { itemTests } from './suite/item-tests.ts';
import { leaseTests } from './suite/lease-tests.ts';
import { logTests, watchTests } from './suite/log-tests.ts';
import type { OpenStore } from './suite/open-store.ts';
import { replaceTests } from './suite/replace-tests.ts';
import { cancelTests, runTests } from './suite/run-tests.ts';
import { secretTests } from './suite/secret-tests.ts';
import { tenantTests } from './suite/tenant-tests.ts';
import { wholeTests } from './suite/whole-tests.ts';

/** What every backend promises. */
export function storeSuite(name: string, open: OpenStore): void {
  describe(name, () => {
    describe('contents', () => contentTests(open));
    describe('chains', () => chainTests(open));
    describe('tenants', () => tenantTests(open));
    describe('replacing', () => replaceTests(open));
    describe('deleting', () => deleteTests(open));
    describe('evicting', () => evictTests(open));
    describe('items by their ids', () => itemTests(open));
    describe('a conversation', () => conversationTests(open));
    describe('a conversation in pages', () => conversationPageTests(open));
    describe('a conversation with turns', () => conversationTurnTests(open));
    describe('a conversation over the limit', () => conversationEvictTests(open));
    describe('conversations as a whole', () => conversationWalkTests(open));
    describe('chat completions', () => chatCompletionTests(open));
    describe('the list of chat completions', () => chatCompletionListTests(open));
    describe('a run', () => runTests(open));
    describe('the fence of a run', () => fenceTests(open));
    describe('cancelling a run', () => cancelTests(open));
    describe('the log of a run', () => logTests(open));
    describe('watching a run', () => watchTests(open));
    describe('leases and locks', () => leaseTests(open));
    describe('an idempotency key', () => idempotencyTests(open));
    describe('expiring', () => expiryTests(open));
    describe('secrets', () => secretTests(open));
    describe('as a whole', () => wholeTests(open));
  });
}
