import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../../../src/config/config-error.ts';
import { toStoreLocation } from '../../../src/config/parse/to-store-location.ts';
import type { StoreLocation } from '../../../src/config/store-location.ts';

const accepted: [url: string, location: StoreLocation][] = [
  ['memory:', { kind: 'memory' }],
  ['memory:?max=5', { kind: 'memory', maxResponses: 5 }],
  ['memory:?max=5&max_bytes=1000000', { kind: 'memory', maxResponses: 5, maxBytes: 1_000_000 }],
  ['sqlite:talaria.db', { kind: 'sqlite', file: 'talaria.db' }],
  ['sqlite:/var/lib/talaria.db', { kind: 'sqlite', file: '/var/lib/talaria.db' }],
  ['sqlite:///var/lib/talaria.db', { kind: 'sqlite', file: '/var/lib/talaria.db' }],
  ['sqlite://talaria.db', { kind: 'sqlite', file: 'talaria.db' }],
  ['sqlite::memory:', { kind: 'sqlite', file: ':memory:' }],
  ['sqlite:a b.db', { kind: 'sqlite', file: 'a b.db' }],
  ['sqlite:t.db?max=9&synchronous=full', { kind: 'sqlite', file: 't.db', maxResponses: 9, synchronous: 'FULL' }],
  ['sqlite:t.db?synchronous=NORMAL', { kind: 'sqlite', file: 't.db', synchronous: 'NORMAL' }],
  ['postgres://h/d', { kind: 'postgres', url: 'postgres://h/d' }],
  ['postgresql://u:p%40ss@h:5433/d', { kind: 'postgres', url: 'postgresql://u:p%40ss@h:5433/d' }],
  [
    'postgres://u:p,q@h/d?application_name=a,b@c',
    { kind: 'postgres', url: 'postgres://u:p,q@h/d?application_name=a,b@c' },
  ],
  ['postgres://h/d?max=9', { kind: 'postgres', url: 'postgres://h/d', maxResponses: 9 }],
  [
    'postgres://u:p%26max=1@h/d?sslmode=require&max=9&prepare=false',
    { kind: 'postgres', url: 'postgres://u:p%26max=1@h/d?sslmode=require&prepare=false', maxResponses: 9 },
  ],
  [
    'postgres:///d?host=/run/postgresql&options=-c%20search_path%3Dt',
    { kind: 'postgres', url: 'postgres:///d?host=/run/postgresql&options=-c%20search_path%3Dt' },
  ],
];

for (const [url, location] of accepted) {
  test(`STORE_URL=${url} is accepted`, () => assert.deepEqual(toStoreLocation(url), location));
}

const refused: [url: string, complaint: RegExp][] = [
  ['', /is invalid: expected "memory:", "sqlite:FILE" or "postgres:/],
  ['memory', /is invalid: expected "memory:", "sqlite:FILE" or "postgres:/],
  ['redis://localhost', /is invalid: expected "memory:", "sqlite:FILE" or "postgres:/],
  ['sqlite:?max=5', /is invalid: expected "memory:", "sqlite:FILE" or "postgres:/],
  ['memory:?max=-1', /max must be an integer of at least 1/],
  ['memory:?max=', /max must be an integer of at least 1/],
  ['memory:?max_bytes=999999', /max_bytes must be an integer of at least 1000000/],
  ['memory:?max_bytes=512M', /max_bytes must be an integer of at least 1000000/],
  ['sqlite:t.db?max_bytes=1000000', /unknown setting "max_bytes"/],
  ['memory:?max=1e3', /max must be an integer of at least 1/],
  ['sqlite:t.db?synchronous=', /synchronous must be "normal" or "full"/],
  ['sqlite:t.db?journal=wal', /unknown setting "journal"/],
  ['postgres://h/d?max=0', /max must be an integer of at least 1/],
  ['postgres://h/d?maximum=5', /unknown setting "maximum"/],
  ['postgres://h/d?constructor=5', /unknown setting "constructor"/],
  ['postgres://h/d?sslmode=on', /invalid sslmode "on"/],
  ['postgres://h,other/d', /several hosts/],
  ['postgres://u:p,q@h:5432,other:5433/d?sslmode=require', /several hosts/],
  ['postgres:///d?host=h,other', /invalid host "h,other"/],
  ['postgres://h/d?prepare=0', /invalid prepare "0"/],
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

for (const url of [
  'postgres://user:se/cret@host/db',
  'postgres://user:se#cret@host/db',
  'postgres://user:se?cret@host/db',
  'postgres://user:1?se-cret@host/db',
  'postgres://user:se%cret@host/db',
  'postgres://user:secret@host:port/db',
  'postgres://user:secret@host/db?unknown=1',
  'postgres://user:secret@host:1,other:2/db',
  'postgres://user:s,e/cret@host/db',
  'postgres://user:secret@host/db?max=none',
  'postgress://user:secret@host/db',
]) {
  test(`STORE_URL=${url} is refused without printing the password`, () => {
    assert.throws(
      () => toStoreLocation(url),
      (error: unknown) =>
        error instanceof ConfigError && error.message.startsWith('STORE_URL') && !/se.?cret/.test(error.message),
    );
  });
}
