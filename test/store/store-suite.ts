import { describe } from 'node:test';
import { chainTests } from './suite/chain-tests.ts';
import { contentTests } from './suite/content-tests.ts';
import { deleteTests } from './suite/delete-tests.ts';
import { evictTests } from './suite/evict-tests.ts';
import type { OpenStore } from './suite/open-store.ts';
import { replaceTests } from './suite/replace-tests.ts';
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
    describe('as a whole', () => wholeTests(open));
  });
}
