import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hashKey } from '../../src/config/hash-key.ts';
import type { TenancyConfig, TenantSettings } from '../../src/config/tenant-settings.ts';
import { Tenants } from '../../src/tenants/tenants.ts';

const standard: TenantSettings = {
  retentionSeconds: 60,
  agents: undefined,
  limits: {
    runs: undefined,
    requestsPerMinute: undefined,
    tokensPerMinute: undefined,
    tokensPerDay: undefined,
    storageBytes: undefined,
  },
};
const limited: TenantSettings = { ...standard, limits: { ...standard.limits, runs: 2, requestsPerMinute: 1 } };
const key = (name: string, tenant: string) => ({ name, tenant, hash: hashKey(`tlr_${name}`) });
const open: TenancyConfig = { keys: undefined, tenants: new Map(), standard };
const config: TenancyConfig = {
  keys: [key('one', 'acme'), key('two', 'acme'), key('three', 'home')],
  tenants: new Map([['acme', limited]]),
  standard,
};

describe('tenants', () => {
  test('each key has an owner, which may have several keys', () => {
    const tenants = new Tenants(config);
    assert.equal(tenants.isOpen, false);
    assert.deepEqual(
      ['tlr_one', 'tlr_two', 'tlr_three'].map((text) => tenants.ownerOf(text)),
      ['acme', 'acme', 'home'],
    );
  });

  for (const text of [
    'tlr_four',
    'tlr_on',
    'tlr_one ',
    'TLR_ONE',
    '',
    hashKey('tlr_one'),
    hashKey('tlr_one').slice(7),
    undefined,
  ]) {
    test(`${text} is an unknown key`, () => assert.equal(new Tenants(config).ownerOf(text), undefined));
  }

  test('without authentication every request belongs to the default tenant', () => {
    const tenants = new Tenants(open);
    assert.equal(tenants.isOpen, true);
    for (const text of [undefined, '', 'tlr_one']) assert.equal(tenants.ownerOf(text), 'default');
  });

  test('an empty list of keys refuses every key', () => {
    const tenants = new Tenants({ ...config, keys: [] });
    assert.equal(tenants.isOpen, false);
    for (const text of [undefined, '', 'tlr_one']) assert.equal(tenants.ownerOf(text), undefined);
  });

  test('a tenant without settings has the standard ones', () => {
    const tenants = new Tenants(config);
    assert.equal(tenants.settings('acme'), limited);
    assert.equal(tenants.settings('home'), standard);
    for (const name of ['constructor', '__proto__']) assert.equal(tenants.settings(name), standard);
  });

  test('counts requests per tenant, and only for tenants with a limit', () => {
    const tenants = new Tenants(config, () => 0);
    assert.equal(tenants.countRequest('acme')?.waitMs, 0);
    assert.equal(tenants.countRequest('acme')?.waitMs, 60_000);
    assert.equal(tenants.countRequest('home'), undefined);
  });

  test('can be replaced: removed keys are unknown, and counts continue', () => {
    const tenants = new Tenants(config, () => 0);
    tenants.countRequest('acme');
    tenants.replace({ ...config, keys: [key('two', 'acme'), key('four', 'new')] });
    assert.deepEqual(
      ['tlr_one', 'tlr_two', 'tlr_four'].map((text) => tenants.ownerOf(text)),
      [undefined, 'acme', 'new'],
    );
    assert.equal(tenants.countRequest('acme')?.waitMs, 60_000);
    tenants.replace({ ...config, tenants: new Map() });
    assert.equal(tenants.countRequest('acme'), undefined);
  });
});
