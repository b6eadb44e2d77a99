import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../../src/config/config-error.ts';
import { toStoreLocation } from '../../src/config/to-store-location.ts';
import type { StoreLocation } from '../../src/store/store-location.ts';

const accepted: [url: string, location: StoreLocation][] = [
  ['memory:', { kind: 'memory' }],
  ['memory:?max=5', { kind: 'memory', maxResponses: 5 }],
  ['sqlite:talaria.db', { kind: 'sqlite', file: 'talaria.db' }],
  ['sqlite:/var/lib/talaria.db', { kind: 'sqlite', file: '/var/lib/talaria.db' }],
  ['sqlite:///var/lib/talaria.db', { kind: 'sqlite', file: '/var/lib/talaria.db' }],
  ['sqlite://talaria.db', { kind: 'sqlite', file: 'talaria.db' }],
  ['sqlite::memory:', { kind: 'sqlite', file: ':memory:' }],
  ['sqlite:a b.db', { kind: 'sqlite', file: 'a b.db' }],
  ['sqlite:t.db?max=9&synchronous=full', { kind: 'sqlite', file: 't.db', maxResponses: 9, synchronous: 'FULL' }],
  ['sqlite:t.db?synchronous=NORMAL', { kind: 'sqlite', file: 't.db', synchronous: 'NORMAL' }],
];

for (const [url, location] of accepted) {
  test(`STORE_URL=${url} is understood`, () => assert.deepEqual(toStoreLocation(url), location));
}

const refused: [url: string, complaint: RegExp][] = [
  ['', /is not "memory:" or "sqlite:FILE"/],
  ['memory', /is not "memory:" or "sqlite:FILE"/],
  ['redis://localhost', /is not "memory:" or "sqlite:FILE"/],
  ['sqlite:?max=5', /is not "memory:" or "sqlite:FILE"/],
  ['memory:?max=-1', /max must be a whole number from 1 up/],
  ['memory:?max=', /max must be a whole number from 1 up/],
  ['memory:?max=1e3', /max must be a whole number from 1 up/],
  ['sqlite:t.db?synchronous=', /synchronous must be "normal" or "full"/],
  ['sqlite:t.db?journal=wal', /unknown setting "journal"/],
];

for (const [url, complaint] of refused) {
  test(`STORE_URL=${url} is refused`, () => {
    assert.throws(
      () => toStoreLocation(url),
      (error: unknown) =>
        error instanceof ConfigError && complaint.test(error.message) && error.message.startsWith('STORE_URL='),
    );
  });
}
