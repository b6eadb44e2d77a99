import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashKey } from '../../src/config/hash-key.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { type ConfigOnDisk, writeConfig } from '../helpers/write-config.ts';
import { type Case, operationCases } from './cases.ts';
import { createEstate, type Estate, inventEstate, type Party, photograph, toParty, withoutIds } from './estate.ts';
import { listTests } from './list-tests.ts';
import { mixedTests } from './mixed-tests.ts';
import { socketTests } from './socket-tests.ts';

/** Two tenants of one server. The first creates objects, the other tries to access them. */
export interface Parties {
  url: string;
  owner: Party;
  stranger: Party;
}

/** Two keys of the owner: each sees the objects created with the other. */
export const keys = { owner: 'tlr_owner', colleague: 'tlr_colleague', stranger: 'tlr_stranger' };

const config = `
agents:
  agent-ours: { url: "offline:" }
  agent-ours-upstream: { url: "http://127.0.0.1:9/v1", model: agent-ours-model }
  agent-theirs: { url: "offline:" }
  agent-theirs-upstream: { url: "http://127.0.0.1:9/v1", model: agent-theirs-model }
tenants:
  owner: { agents: [agent-ours, agent-ours-upstream] }
  stranger: { agents: [agent-theirs, agent-theirs-upstream] }
keys:
  - { name: owner, tenant: owner, hash: "${hashKey(keys.owner)}" }
  - { name: colleague, tenant: owner, hash: "${hashKey(keys.colleague)}" }
  - { name: stranger, tenant: stranger, hash: "${hashKey(keys.stranger)}" }
`;

/**
 * Checks for every operation of the contract that another tenant's objects are unknown. Run for each store; `storeUrl` is
 * called once, before the first test.
 */
export function tenancySuite(name: string, storeUrl: () => string | Promise<string>): void {
  describe(`tenants on ${name}`, () => {
    let file: ConfigOnDisk;
    let server: TestServer;
    let parties: Parties;
    /** The stranger's own estate. */
    let own: Estate;
    before(async () => {
      file = writeConfig(config);
      server = await startTalaria({ TALARIA_CONFIG: file.path, STORE_URL: await storeUrl() });
      parties = {
        url: server.url,
        owner: toParty(server.url, { agent: 'agent-ours', key: keys.owner }),
        stranger: toParty(server.url, { agent: 'agent-theirs', key: keys.stranger }),
      };
      own = await createEstate(parties.stranger);
    });
    after(async () => {
      await server?.[Symbol.asyncDispose]();
      file[Symbol.dispose]();
    });

    it('are checked for every operation of the contract', () => {
      const { operations } = loadContract();
      assert.deepEqual(Object.keys(operationCases).sort(), operations.map(({ operationId }) => operationId).sort());
      for (const { operationId, access } of operations) {
        assert.equal('namesNothing' in operationCases[operationId], access === 'anyone', operationId);
        assert.equal('operates' in operationCases[operationId], access === 'operator', operationId);
      }
    });

    for (const [operation, cases] of Object.entries(operationCases)) {
      for (const each of 'names' in cases ? cases.names : []) {
        it(`${operation}: ${each.name} of another tenant is unknown, and stays unchanged`, () =>
          tryCase(each, parties, own));
      }
      if (!('operates' in cases)) continue;
      it(`${operation} is refused for the key of a tenant, also for what is its own`, async () => {
        const { owner } = parties;
        const theirs = await createEstate(owner);
        const before = await photograph(owner, theirs);
        const refused = await owner.call(cases.operates(theirs));
        assert.equal(refused.status, 403, refused.text);
        assert.equal(JSON.parse(refused.text).error.code, 'operator_required');
        assert.deepEqual(await photograph(owner, theirs), before);
      });
    }

    listTests(() => parties);
    mixedTests(() => parties);
    socketTests(() => parties);
  });
}

async function tryCase(each: Case, { owner, stranger }: Parties, own: Estate): Promise<void> {
  const theirs = await createEstate(owner);
  const before = await photograph(owner, theirs);
  const nobodys = inventEstate();
  const refused = await stranger.call(each.call(theirs, own));
  const unknown = await stranger.call(each.call(nobodys, own));
  assert.equal(refused.status, each.status ?? 404, refused.text);
  assert.deepEqual(withoutIds(refused, theirs), withoutIds(unknown, nobodys));
  assert.doesNotMatch(refused.text, /secret/);
  assert.deepEqual(await photograph(owner, theirs), before);
  // The same request of the owner succeeds: ownership was the only reason to refuse it.
  const allowed = await owner.call(each.call(theirs, theirs));
  assert.equal(allowed.status, each.ownStatus ?? 200, allowed.text);
}
