import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApprovalRule, ServerTool } from '../../../src/agent/loop/loop-request.ts';
import { needsApproval, stricterRule } from '../../../src/agent/loop/needs-approval.ts';

const read: ServerTool = { name: 'read', inputSchema: {}, annotations: { readOnlyHint: true } };
const write: ServerTool = { name: 'write', inputSchema: {} };

const rules: [rule: ApprovalRule, read: boolean, write: boolean][] = [
  ['always', true, true],
  ['never', false, false],
  [{}, true, true],
  [{ never: {} }, false, false],
  [{ never: { names: ['read'] } }, false, true],
  [{ never: { readOnly: true } }, false, true],
  [{ never: { readOnly: true, names: ['write'] } }, true, true],
  [{ always: { names: ['write'] } }, true, true],
  [{ always: { names: ['write'] }, never: {} }, false, true],
  [{ always: { names: ['read'] }, never: { names: ['read'] } }, true, true],
];

test('a rule selects by name and by the read-only hint; what it does not select needs approval', () => {
  for (const [rule, ofRead, ofWrite] of rules) {
    assert.deepEqual([needsApproval(rule, read), needsApproval(rule, write)], [ofRead, ofWrite], JSON.stringify(rule));
  }
});

test('of two rules, each can only add approvals', () => {
  for (const [configured] of rules) {
    for (const [requested] of rules) {
      const both = stricterRule(configured, requested);
      for (const tool of [read, write]) {
        assert.equal(needsApproval(both, tool), needsApproval(configured, tool) || needsApproval(requested, tool));
      }
    }
  }
});
