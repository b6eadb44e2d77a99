import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding, KnownFinding } from '../../scripts/contract-check/finding.ts';
import { judgeFindings } from '../../scripts/contract-check/judge-findings.ts';
import { knownFindings } from '../../scripts/contract-check/known-findings.ts';
import { readSchemathesisReport } from '../../scripts/contract-check/read-schemathesis-report.ts';

describe('the judgement of findings', () => {
  const finding: Finding = { tool: 'schemathesis', operation: 'GET /v1/models', text: 'ST1 Odd: really' };
  const known: KnownFinding = { tool: 'schemathesis', text: /^ST1 /, reason: 'It is not odd.' };
  const judge = (findings: Finding[], list: KnownFinding[]) =>
    judgeFindings([{ tool: 'schemathesis', summary: '', findings }], list);

  test('fails an unknown finding, and counts known ones', () => {
    const other = { ...finding, text: 'ST2 New' };
    const { unknown, gone, explained } = judge([finding, finding, other], [known]);
    assert.deepEqual(
      { unknown, gone, explained: [...explained] },
      { unknown: [other], gone: [], explained: [[known, 2]] },
    );
  });

  test('matches the tool and the operation too', () => {
    const elsewhere = { ...known, operation: /^POST / };
    assert.deepEqual(judge([finding], [elsewhere, { ...known, tool: 'prism mock' }]).unknown, [finding]);
    assert.deepEqual(judge([finding], [{ ...known, operation: /^GET / }]).unknown, []);
  });

  test('reports a known finding that is gone, unless its tool did not run or it is occasional', () => {
    const idle: KnownFinding = { ...known, tool: 'prism proxy' };
    assert.deepEqual(judge([], [known, idle, { ...known, occasional: true }]).gone, [known]);
  });

  test('has a reason for every known finding', () => {
    for (const { reason, text } of knownFindings) assert.match(reason, /^[A-Z].{20,}\.$/s, `${text}`);
  });
});

describe('the report of Schemathesis', () => {
  const failure = { code: 'ST202', title: 'Schema-valid request rejected', message: 'Valid data\nExpected: 2xx' };
  const scenario = (checks: object[], error: string) => {
    const content = { $base64: Buffer.from(JSON.stringify({ error: { message: error } })).toString('base64') };
    const recorder = { label: 'GET /v1/x', cases: { a: {} }, checks: { a: checks } };
    return JSON.stringify({
      ScenarioFinished: { recorder: { ...recorder, interactions: { a: { response: { content } } } } },
    });
  };
  const failed = (failure: object) => ({ status: 'failure', failure_info: { failure } });

  test('gives each finding once, with the words of the server and without made-up values', () => {
    const report = [
      '{"Initialize":{}}',
      '{"ScenarioFinished":{"recorder":{"label":"GET /skipped"}}}',
      scenario([{ status: 'success' }, failed(failure)], `No item with id '${'a'.repeat(30)}'.`),
      scenario([failed(failure)], `No item with id '${'b'.repeat(40)}'.`),
      scenario([failed({ title: 'Server error', message: 'Bad' })], 'Oh.'),
      scenario([failed({ title: 'Other', message: 'Bad\nworse' })], 'Oh.'),
    ];
    const text = "ST202 Schema-valid request rejected: No item with id '…'.";
    assert.deepEqual(readSchemathesisReport(`${report.join('\n')}\n`), {
      cases: 4,
      findings: [
        { tool: 'schemathesis', operation: 'GET /v1/x', text },
        { tool: 'schemathesis', operation: 'GET /v1/x', text: 'Server error: Oh.' },
        { tool: 'schemathesis', operation: 'GET /v1/x', text: 'Other: worse' },
      ],
    });
  });

  test('has no cases when it is empty', () => {
    assert.deepEqual(readSchemathesisReport(''), { cases: 0, findings: [] });
  });
});
