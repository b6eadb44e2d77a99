import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toResultText } from '../../../src/agent/loop/result-text.ts';
import { toToolResult } from '../../../src/agent/mcp/to-tool-result.ts';
import { limits } from '../../../src/config/limits.ts';

test('images of a result are bounded together, and named in its text', () => {
  const image = (bytes: number) => ({ type: 'image' as const, mimeType: 'image/png', data: 'A'.repeat(bytes) });
  const half = limits.toolImageBytes / 2;
  const { content } = toToolResult({ content: [image(half), image(half + 4), { type: 'text', text: 'Two charts.' }] });
  const [first, second] = content;
  assert.equal(first?.type, 'image');
  assert.deepEqual(second, { type: 'text', text: `[image omitted: image/png, ${((half + 4) * 3) / 4} bytes]` });
  assert.equal(toResultText(content), `[image]\n${second.type === 'text' && second.text}\nTwo charts.`);
});
