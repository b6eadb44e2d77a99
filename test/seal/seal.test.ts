import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { createSealer, type SealScope } from '../../src/seal/seal.ts';

const key = Buffer.alloc(32, 1);
const sealer = createSealer(key);
const a: SealScope = { tenant: 'a', kind: 'reasoning' };
const maxBytes = 1_000_000;

describe('sealed content', () => {
  for (const text of ['', 'Hm.', 'zwölf 🌦 \u0000', 'long '.repeat(100_000)]) {
    it(`opens to the sealed text (${text.length} characters)`, () => {
      assert.equal(sealer.open(a, sealer.seal(a, text), maxBytes), text);
    });
  }

  it('is a string that needs no escape, and shows nothing of the text', () => {
    const sealed = sealer.seal(a, 'the secret thought');
    assert.match(sealed, /^tlr2_[A-Za-z0-9_-]+$/);
    assert.doesNotMatch(Buffer.from(sealed.slice(5), 'base64url').toString('latin1'), /secret/);
  });

  it('differs each time, so that equal texts look unrelated', () => {
    assert.notEqual(sealer.seal(a, 'Hm.'), sealer.seal(a, 'Hm.'));
  });

  it('is not opened for another tenant', () => {
    assert.equal(sealer.open({ ...a, tenant: 'b' }, sealer.seal(a, 'Hm.'), maxBytes), undefined);
  });

  it('is not opened as another kind', () => {
    assert.equal(sealer.open({ ...a, kind: 'compaction' }, sealer.seal(a, 'Hm.'), maxBytes), undefined);
  });

  it('does not open as another kind for a tenant with a look-alike name', () => {
    const sealed = sealer.seal({ tenant: 'a","compaction', kind: 'reasoning' }, 'Hm.');
    assert.equal(sealer.open({ tenant: 'a', kind: 'compaction' }, sealed, maxBytes), undefined);
  });

  it('throws when it inflates to more than the limit, and only when it is authentic', () => {
    const sealed = sealer.seal(a, 'x'.repeat(1001));
    assert.ok(sealed.length < 100);
    assert.throws(() => sealer.open(a, sealed, 1000), RangeError);
    assert.equal(sealer.open(a, sealed, 1001)?.length, 1001);
    assert.equal(sealer.open({ ...a, tenant: 'b' }, sealed, 1000), undefined);
  });

  it('is not opened by a server with another key', () => {
    assert.equal(createSealer(randomBytes(32)).open(a, sealer.seal(a, 'Hm.'), maxBytes), undefined);
  });

  it('is opened by another server with the same key', () => {
    assert.equal(createSealer(Buffer.from(key)).open(a, sealer.seal(a, 'Hm.'), maxBytes), 'Hm.');
  });

  it('is not opened after any single bit was changed', () => {
    const sealed = sealer.seal(a, 'Hm.');
    const bytes = Buffer.from(sealed.slice(5), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(sealer.open(a, `tlr2_${changed.toString('base64url')}`, maxBytes), undefined, `bit ${bit}`);
    }
  });

  it('is not opened when it was truncated or extended', () => {
    const sealed = sealer.seal(a, 'Hm.');
    for (let length = 0; length < sealed.length; length++) {
      assert.equal(sealer.open(a, sealed.slice(0, length), maxBytes), undefined, `${length} characters`);
    }
    assert.equal(sealer.open(a, `${sealed}AAAA`, maxBytes), undefined);
  });

  for (const foreign of ['', 'gAAAAABo', 'tlr1_AAAA', 'tlr2_AAAA', 'tlr2_', 'tlr2_!!!!', 'not sealed at all']) {
    it(`is not opened when it was not sealed here: ${JSON.stringify(foreign)}`, () => {
      assert.equal(sealer.open(a, foreign, maxBytes), undefined);
    });
  }
});
