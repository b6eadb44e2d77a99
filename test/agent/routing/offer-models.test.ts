import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findAgent, offerModels } from '../../../src/agent/routing/offer-models.ts';

const toModel = (id: string) => ({ id, created: 0, ownedBy: 'test' });
const offer = (agents: Record<string, string[]>): string[] =>
  offerModels(Object.entries(agents).map(([name, ids]) => ({ name, agent: name, models: ids.map(toModel) }))).map(
    ({ model, agent, ownId }) => `${model.id} = ${ownId} of ${agent}`,
  );

describe('the models of several agents', () => {
  const cases: [name: string, agents: Record<string, string[]>, offered: string[]][] = [
    ['nothing', { a: [], b: [] }, []],
    ['each model under its own name', { a: ['x', 'y'], b: ['z'] }, ['x = x of a', 'y = y of a', 'z = z of b']],
    [
      'a name that the first has too, with the agent before it',
      { a: ['x'], b: ['x', 'y'] },
      ['x = x of a', 'b/x = x of b', 'y = y of b'],
    ],
    [
      'an agent’s name, with the agent before it: alone it means the agent',
      { a: ['b'], b: ['x'] },
      ['a/b = b of a', 'x = x of b'],
    ],
    ['its own name, likewise', { a: ['a'] }, ['a/a = a of a']],
    [
      'a name that reads as an agent and its model, likewise',
      { a: ['b/x'], b: ['x'] },
      ['a/b/x = b/x of a', 'x = x of b'],
    ],
    [
      'names with slashes that mean no agent, as they are',
      { a: ['meta/llama'], b: ['b'] },
      ['meta/llama = meta/llama of a', 'b/b = b of b'],
    ],
    [
      'a model that an agent lists twice, once',
      { a: ['x', 'x'], b: ['y', 'y'] },
      ['x = x of a', 'a/x = x of a', 'y = y of b', 'b/y = y of b'],
    ],
  ];
  for (const [name, agents, offered] of cases) test(name, () => assert.deepEqual(offer(agents), offered));
});

test('a model name refers to an agent only as AGENT or AGENT/MODEL', () => {
  const names = ['hermes', 'her'];
  const found = ['hermes', 'her', 'hermes/x', 'her/x/y', 'hermes/', 'herme', 'hermesx', 'x/hermes', ''].map((model) =>
    findAgent(model, names),
  );
  assert.deepEqual(found, ['hermes', 'her', 'hermes', 'her', 'hermes', undefined, undefined, undefined, undefined]);
});
