import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { toPageRequest } from '../../src/http/to-page-request.ts';

describe('toPageRequest', () => {
  it("passes the client's parameters", () => {
    const query = { after: 'msg_1', limit: 3, order: 'asc' as const };
    assert.deepEqual(toPageRequest(query, 'desc'), query);
  });

  it('starts at the first entry, in the default order, without parameters', () => {
    assert.deepEqual(toPageRequest({}, 'desc'), { limit: 20, order: 'desc' });
    assert.deepEqual(toPageRequest({}, 'asc'), { limit: 20, order: 'asc' });
  });

  it('has the default limit that the contract states', () => {
    const { components } = JSON.parse(loadContract().readJson());
    assert.equal(toPageRequest({}, 'asc').limit, components.parameters.Limit.schema.default);
  });
});
