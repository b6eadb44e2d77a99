import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { ContractDocument } from '../../scripts/breaking/document.ts';
import { type Explanation, explained } from '../../scripts/drift/explained.ts';
import { judgeDrift } from '../../scripts/drift/judge-drift.ts';
import { listDifferences } from '../../scripts/drift/list-differences.ts';
import { classes, listMethods } from '../../scripts/drift/list-methods.ts';
import { readSdk, type SdkTypes } from '../../scripts/drift/read-sdk.ts';
import { roots } from '../../scripts/drift/roots.ts';
import { loadContract } from '../../src/contract/load-contract.ts';

describe('the drift from the openai package', () => {
  let sdk: SdkTypes;
  before(() => {
    sdk = readSdk([...new Set([...roots, ...classes].map(({ module }) => module))]);
  });

  const list = (change: (document: ContractDocument) => void = () => undefined): string[] => {
    const document: ContractDocument = JSON.parse(loadContract().readJson());
    change(document);
    return [...listMethods(document, sdk), ...listDifferences(document, sdk, roots)];
  };

  test('is explained, and each explanation is of a difference', () => {
    const { unexplained, stale } = judgeDrift(list(), explained);
    assert.deepEqual({ unexplained, stale }, { unexplained: [], stale: [] });
  });

  const changes: [what: string, change: (document: ContractDocument) => void, expected: string][] = [
    [
      'a field of a request',
      ({ components }) => delete components.schemas['CreateResponseRequest']?.properties?.['background_options'],
      'response request.background_options',
    ],
    [
      'a field of a reply',
      ({ components }) => delete components.schemas['ResponseResource']?.properties?.['access_programs'],
      'response.access_programs',
    ],
    ['a value', ({ components }) => components.schemas['CompletionWindow']?.enum?.pop(), 'completion_window=8h'],
    [
      'a type of item',
      ({ components }) => remove(components.schemas['InputItem']?.anyOf, 'ConfigurationUpdateInput'),
      'input item(configuration_update)',
    ],
    [
      'an event',
      ({ components }) => remove(components.schemas['ResponseStreamEvent']?.oneOf, 'CompactionCompactingEvent'),
      'event(response.compaction.compacting)',
    ],
    [
      'a frame',
      ({ components }) => remove(components.schemas['WebSocketClientMessage']?.oneOf, 'WebSocketResponseSteer'),
      'socket client(response.steer)',
    ],
    ['a type of tool', ({ components }) => remove(components.schemas['Tool']?.oneOf, 'CustomTool'), 'tool(custom)'],
    [
      'a parameter of a query',
      ({ components }) => Object.assign(components['parameters']?.['StartingAfter'] ?? {}, { name: 'else' }),
      'getResponse.starting_after',
    ],
    ['an operation', ({ paths }) => delete paths['/v1/responses/compact'], 'method Responses.compact'],
  ];
  for (const [what, change, expected] of changes) {
    test(`names ${what} that the contract lacks`, () => {
      const { unexplained } = judgeDrift(list(change), explained);
      assert.ok(
        unexplained.some((difference) => difference.endsWith(expected)),
        `${unexplained}`,
      );
    });
  }

  test('an explanation of nothing is stale', () => {
    const extra: Explanation = { differences: ['response.nothing'], stance: 'ignored', reason: 'a test' };
    assert.deepEqual(judgeDrift(list(), [...explained, extra]).stale, ['response.nothing']);
  });
});

function remove(members: { $ref?: string }[] | undefined, name: string): void {
  const index = members?.findIndex((member) => member.$ref?.endsWith(`/${name}`)) ?? -1;
  assert.ok(index >= 0, `${name} is no member`);
  members?.splice(index, 1);
}
