import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import typescript from 'typescript';

const source = toJavaScript(await readFile(new URL('in-page/measure.ts', import.meta.url), 'utf8'));

type Measure =
  | 'listFaintTexts()'
  | 'hasVisibleFocus()'
  | 'widthBeyond()'
  | 'getComputedStyle(document.body).backgroundColor';

/** Evaluates an expression of in-page/measure.ts, which runs in the page and has its own tsconfig. */
export function measurePage<T>(page: Page, measure: Measure): Promise<T> {
  return page.evaluate<T>(`{ ${source} } ${measure}`);
}

/** Asserts sufficient contrast and no horizontal scrolling. */
export async function assertReadable(page: Page): Promise<void> {
  assert.deepEqual(await measurePage<string[]>(page, 'listFaintTexts()'), []);
  assert.ok((await measurePage<number>(page, 'widthBeyond()')) <= 0, `${page.url()} is wider than its window`);
}

function toJavaScript(text: string): string {
  return typescript.transpileModule(text, { compilerOptions: { target: typescript.ScriptTarget.ES2022 } }).outputText;
}
