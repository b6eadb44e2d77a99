import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type Visit, type Visitor, visit, wide } from '../docs/visit.ts';
import { operatorKey } from './console-server.ts';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Opens a view of the console as a signed-in operator. */
export function visitConsole(visitor: Visitor, hash: string, options: BrowserContextOptions = wide): Promise<Visit> {
  const signIn = async (page: Page) => {
    await page.addInitScript(`sessionStorage.setItem('talaria-operator-key', ${JSON.stringify(operatorKey)})`);
  };
  return visit(visitor, `/console${hash}`, options, signIn);
}

interface Violation {
  id: string;
  nodes: { target: unknown[]; failureSummary: string }[];
}

/** Asserts that axe finds nothing, best practices included. Checks only `rules` if there are any. */
export async function assertAccessible(page: Page, name: string, rules: string[] = []): Promise<void> {
  // `evaluate` isn't subject to the content security policy of the page.
  await page.evaluate(`if (!globalThis.axe) { ${axe} }`);
  const options = rules.length === 0 ? '' : JSON.stringify({ runOnly: rules });
  const { violations } = await page.evaluate<{ violations: Violation[] }>(`axe.run(${options})`);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${name}: ${id}: ${target}: ${failureSummary}`),
  );
  assert.deepEqual(found, []);
}
