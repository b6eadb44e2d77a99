import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toToolSet } from '../../../src/responses/plan/to-tool-set.ts';

const parameters = { type: 'object', properties: { city: { type: 'string' } } };

describe('the tools of a request, as the agent is given them', () => {
  it('are functions with the fields that the client sent, and no others', () => {
    const { set, unsupported } = toToolSet([
      { type: 'function', name: 'look', description: 'Looks.', parameters, strict: false },
      { type: 'function', name: 'listen', description: null, parameters: null, strict: null },
    ]);
    assert.deepEqual(set.agentTools, [
      { name: 'look', description: 'Looks.', parameters, strict: false },
      { name: 'listen' },
    ]);
    assert.deepEqual(unsupported, []);
  });

  it('are freeform tools as functions with one text, their grammar in the description', () => {
    const { set } = toToolSet([
      { type: 'custom', name: 'run', description: 'Runs code.' },
      { type: 'custom', name: 'say', format: { type: 'text' } },
      { type: 'custom', name: 'patch', format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' } },
    ]);
    const [run, say, patch] = set.agentTools;
    assert.equal(run?.description, 'Runs code.');
    assert.equal(say?.description, undefined);
    assert.equal(patch?.description, 'The input must follow this lark grammar:\nstart: "x"');
    for (const tool of [run, say, patch]) assert.deepEqual(tool?.parameters?.['required'], ['input']);
    assert.deepEqual(set.find('patch'), { kind: 'custom', name: 'patch' });
  });

  it('are those of a namespace under flat names, which lead back', () => {
    const { set } = toToolSet([
      {
        type: 'namespace',
        name: 'mcp__eyes',
        description: 'Eyes.',
        tools: [
          { type: 'function', name: 'look', parameters },
          { type: 'custom', name: 'draw' },
        ],
      },
      { type: 'function', name: 'look' },
    ]);
    assert.deepEqual(
      set.agentTools.map((tool) => tool.name),
      ['mcp__eyes__look', 'mcp__eyes__draw', 'look'],
    );
    assert.deepEqual(set.find('mcp__eyes__look'), { kind: 'function', name: 'look', namespace: 'mcp__eyes' });
    assert.deepEqual(set.find('mcp__eyes__draw'), { kind: 'custom', name: 'draw', namespace: 'mcp__eyes' });
    assert.deepEqual(set.find('look'), { kind: 'function', name: 'look' });
  });

  it('omit unsupported types, and report them', () => {
    const { set, unsupported } = toToolSet([
      { type: 'web_search', external_web_access: false },
      { type: 'function', name: 'look' },
      { type: 'tool_search', execution: 'server' },
      { type: 'shell', environment: { type: 'container_auto' } },
      { type: 'file_search', vector_store_ids: ['vs_1'] },
    ]);
    assert.deepEqual(set.agentTools, [{ name: 'look' }]);
    const types = unsupported.map(({ type }) => type);
    assert.deepEqual(types, ['web_search', 'tool_search', 'shell', 'file_search']);
  });
});
