import type { CallToolResult } from '@modelcontextprotocol/client';
import { limits } from '../../config/limits.ts';
import { isObject } from '../../json/is-object.ts';
import type { AgentPart } from '../agent-client.ts';
import type { ToolResult } from '../loop/tool-session.ts';

type Block = CallToolResult['content'][number];

/** Turns the result of a tool into parts for the model. Texts and images are bounded; other media is described. */
export function toToolResult({ content, structuredContent, isError }: CallToolResult): ToolResult {
  let imageBytes = 0;
  const parts = content.map((block): AgentPart => {
    if (block.type !== 'image') return { type: 'text', text: toText(block) };
    imageBytes += block.data.length;
    return imageBytes <= limits.toolImageBytes
      ? { type: 'image', url: `data:${block.mimeType};base64,${block.data}` }
      : { type: 'text', text: `[image omitted: ${describeData(block.mimeType, block.data)}]` };
  });
  const hasStructure = structuredContent !== undefined;
  if (hasStructure && !content.some(({ type }) => type === 'text')) {
    parts.push({ type: 'text', text: JSON.stringify(structuredContent) });
  }
  const bounded = boundText(parts);
  const isWhole = bounded === parts;
  return {
    content: bounded,
    isError: isError === true,
    ...(isWhole && isObject(structuredContent) ? { structured: structuredContent } : {}),
  };
}

/** The result of a call that failed, for the model. */
export const toErrorResult = (text: string): ToolResult => ({ content: [{ type: 'text', text }], isError: true });

/** The result of a call whose tool asks for a confirmation. */
export const toConfirmationResult = (message: string): ToolResult => ({
  ...toErrorResult(`The tool did not run: it asks for a confirmation: ${message}`),
  confirmation: message,
});

function toText(block: Exclude<Block, { type: 'image' }>): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'audio':
      return `[audio: ${describeData(block.mimeType, block.data)}]`;
    case 'resource_link':
      return `[resource: ${[block.name, block.uri, block.mimeType].filter(Boolean).join(', ')}]`;
    case 'resource': {
      const { uri, mimeType } = block.resource;
      if ('text' in block.resource) return block.resource.text;
      return `[resource: ${uri}, ${describeData(mimeType ?? 'unknown type', block.resource.blob)}]`;
    }
  }
}

const describeData = (mimeType: string, base64: string): string =>
  `${mimeType}, ${Buffer.byteLength(base64, 'base64')} bytes`;

/** Cuts the text of all parts at `limits.toolResultBytes`, and says so. Returns the same parts if they fit. */
function boundText(parts: AgentPart[]): AgentPart[] {
  const texts = parts.map((part) => (part.type === 'text' ? Buffer.byteLength(part.text) : 0));
  const total = texts.reduce((sum, bytes) => sum + bytes, 0);
  if (total <= limits.toolResultBytes) return parts;
  let rest: number = limits.toolResultBytes;
  const kept = parts.flatMap((part, index): AgentPart[] => {
    if (part.type !== 'text') return [part];
    const cut = cutText(part.text, rest);
    rest -= Math.min(rest, texts[index] ?? 0);
    return cut === '' ? [] : [{ type: 'text', text: cut }];
  });
  return [...kept, { type: 'text', text: `… truncated: ${limits.toolResultBytes} of ${total} bytes` }];
}

/** Returns the longest beginning of at most this many bytes that ends with a whole character. */
function cutText(text: string, bytes: number): string {
  if (bytes === 0) return '';
  const encoder = new TextEncoder();
  const { read } = encoder.encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}
