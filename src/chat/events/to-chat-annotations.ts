import type { AgentAnnotation } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';

/** Returns a citation of a page in the form of chat, which has no other: sources that are files are omitted. */
export function toChatAnnotations(annotation: AgentAnnotation): Schemas['ChatAnnotation'][] {
  const { type, url, title, start_index: start, end_index: end } = annotation;
  if (type !== 'url_citation' || typeof url !== 'string') return [];
  const citation = { url, title: typeof title === 'string' ? title : url };
  return [{ type, url_citation: { ...citation, start_index: toIndex(start), end_index: toIndex(end) } }];
}

const toIndex = (value: unknown): number => (Number.isInteger(value) ? Number(value) : 0);
