import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { listViolations, maxLines } from './architecture/list-violations.ts';
import { readModule } from './architecture/read-module.ts';

const root = new URL('..', import.meta.url);
const modules = globSync('src/**/*.ts', { cwd: root }).map((path) =>
  readModule(path.replaceAll('\\', '/'), readFileSync(new URL(path, root), 'utf8')),
);

test('every file follows the architecture: allowed imports, no cycles, no default exports, no any', () => {
  assert.ok(modules.length > 100);
  assert.ok(modules.flatMap(({ imports }) => imports).length > 400);
  assert.deepEqual(listViolations(modules), []);
});

describe('the checker itself', () => {
  const check = (files: Record<string, string>) =>
    listViolations(Object.entries(files).map(([path, text]) => readModule(path, text)));

  const planted: [path: string, text: string, complaint: string][] = [
    ['src/chat/x.ts', "import { a } from '../responses/a.ts';", 'may not import ../responses/a.ts.'],
    ['src/responses/x.ts', "import type { A } from '../chat/a.ts';", 'may not import types of ../chat/a.ts.'],
    ['src/chat/x.ts', "import { a } from '../http/send-reply.ts';", 'may not import ../http/send-reply.ts.'],
    ['src/chat/x.ts', "import { a } from '../agent/agent-client.ts';", 'may not import ../agent/agent-client.ts.'],
    [
      'src/chat/x.ts',
      "import type { A } from '../agent/offline/a.ts';",
      'may not import types of ../agent/offline/a.ts.',
    ],
    ['src/chat/x.ts', "import { a } from '../contract/operations.ts';", 'may not import ../contract/operations.ts.'],
    ['src/responses/plan/x.ts', "import { a } from '../read-response.ts';", 'may not import ../read-response.ts.'],
    ['src/responses/plan/x.ts', "import type { A } from '../run/a.ts';", 'may not import types of ../run/a.ts.'],
    ['src/responses/plan/x.ts', "import { a } from '../events/a.ts';", 'may not import ../events/a.ts.'],
    ['src/responses/events/x.ts', "import { a } from '../plan/a.ts';", 'may not import ../plan/a.ts.'],
    ['src/responses/run/x.ts', "import { a } from '../create-response.ts';", 'may not import ../create-response.ts.'],
    ['src/responses/x.ts', "import express from 'express';", 'may not import express.'],
    ['src/responses/x.ts', "import type { Request } from 'express';", 'may not import types of express.'],
    ['src/responses/x.ts', "import { Pool } from 'undici';", 'may not import undici.'],
    ['src/responses/x.ts', "import Database from 'better-sqlite3';", 'may not import better-sqlite3.'],
    ['src/http/x.ts', "import { a } from '../store/open-store.ts';", 'may not import ../store/open-store.ts.'],
    [
      'src/http/x.ts',
      "import { a } from '../contract/load-contract.ts';",
      'may not import ../contract/load-contract.ts.',
    ],
    ['src/http/deep/x.ts', "import { a } from '../../app.ts';", 'may not import ../../app.ts.'],
    [
      'src/agent/x.ts',
      "import type { Schemas } from '../contract/types.ts';",
      'may not import types of ../contract/types.ts.',
    ],
    ['src/agent/x.ts', "import type { Store } from '../store/store.ts';", 'may not import types of ../store/store.ts.'],
    ['src/agent/x.ts', "export * from '../store/store.ts';", 'may not import ../store/store.ts.'],
    [
      'src/store/x.ts',
      "import type { A } from '../agent/agent-client.ts';",
      'may not import types of ../agent/agent-client.ts.',
    ],
    ['src/record/x.ts', "import { a } from '../store/open-store.ts';", 'may not import ../store/open-store.ts.'],
    ['src/record/x.ts', "import { a } from '../agent/create-agent.ts';", 'may not import ../agent/create-agent.ts.'],
    ['src/record/x.ts', "import { Pool } from 'undici';", 'may not import undici.'],
    ['src/agent/x.ts', "import { a } from '../record/start-proxy.ts';", 'may not import ../record/start-proxy.ts.'],
    ['src/agent/upstream/x.ts', "import { a } from '../offline/a.ts';", 'may not import ../offline/a.ts.'],
    [
      'src/agent/upstream/deep/x.ts',
      "import type { A } from '../../chat-completions/a.ts';",
      'may not import types of ../../chat-completions/a.ts.',
    ],
    ['src/agent/offline/x.ts', "import { a } from '../upstream/a.ts';", 'may not import ../upstream/a.ts.'],
    ['src/agent/unlisted/x.ts', "import { a } from '../upstream/a.ts';", 'may not import ../upstream/a.ts.'],
    [
      'src/http/x.ts',
      "type A = import('../../generated/openapi.d.ts').paths;",
      'may not import types of ../../generated/openapi.d.ts.',
    ],
    ['src/contract/x.ts', "import { a } from '../../generated/a.ts';", 'may not import ../../generated/a.ts.'],
    ['src/contract/x.ts', "import { json } from 'express';", 'may not import express.'],
    ['src/tokens/x.ts', "const a = await import('undici');", 'may not import undici.'],
    ['src/tokens/x.ts', "const a = require('undici');", 'may not import undici.'],
    ['src/log.ts', "import 'left-pad';", 'may not import left-pad.'],
    ['src/http/x.ts', 'const a = process.env;', 'reads the environment.'],
    ['src/http/x.ts', "const a = globalThis.process['env']['A'];", 'reads the environment.'],
    ['src/http/x.ts', "import { env } from 'node:process';", 'reads the environment.'],
    ['src/http/x.ts', 'export default function () {}', 'has a default export.'],
    ['src/http/x.ts', 'const a = 1; export { a as default };', 'has a default export.'],
    ['src/http/x.ts', 'const a = 1; export default a;', 'has a default export.'],
    ['src/http/x.ts', 'const a = (b: any[]) => b;', 'uses any.'],
    ['src/utils/x.ts', 'export const a = 1;', 'is in a room without rules.'],
    ['src/http/x.ts', 'a();\n'.repeat(maxLines + 1), `has ${maxLines + 1} lines.`],
  ];
  for (const [path, text, complaint] of planted) {
    test(`reports: ${path}: ${text.slice(0, 70).split('\n', 1)}`, () => {
      assert.deepEqual(check({ [path]: text }), [`${path} ${complaint}`]);
    });
  }

  test('reports a cycle once, also one of types only', () => {
    const files = {
      'src/http/c.ts': "import { a } from './a.ts';",
      'src/http/a.ts': "import type { B } from './b.ts';",
      'src/http/b.ts': "export { c } from './c.ts';",
    };
    assert.deepEqual(check(files), ['A cycle of imports: src/http/a.ts → src/http/b.ts → src/http/c.ts.']);
  });

  const sound: [path: string, text: string][] = [
    ['src/chat/x.ts', "import type { AgentClient } from '../agent/agent-client.ts';"],
    ['src/chat/x.ts', "import { type AgentClient, type AgentEvent } from '../agent/agent-client.ts';"],
    [
      'src/responses/x.ts',
      "import type { Schemas } from '../contract/types.ts'; import { limits } from '../config/limits.ts';",
    ],
    ['src/http/deep/x.ts', "import { a } from '../../chat/a.ts'; import { b } from '../../ids.ts';"],
    ['src/http/x.ts', "import express from 'express'; import { once } from 'node:events';"],
    ['src/contract/x.ts', "import type { A } from '../../generated/openapi.d.ts'; import type { B } from 'express';"],
    ['src/store/x.ts', "import Database from 'better-sqlite3';"],
    ['src/agent/chat-completions/x.ts', "import { a } from '../upstream/deep/a.ts'; import { b } from '../b.ts';"],
    ['src/config/env.ts', 'export const a = process.env;'],
    ['src/http/x.ts', '// any text may say process.env or import "undici"\nexport const a = "any";'],
    ['src/http/x.ts', 'const config = { env: 1 }; export const a = config.env;'],
  ];
  for (const [path, text] of sound) {
    test(`accepts: ${path}: ${text.slice(0, 70).split('\n', 1)}`, () => assert.deepEqual(check({ [path]: text }), []));
  }
});
