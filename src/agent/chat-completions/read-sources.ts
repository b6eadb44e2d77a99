import { isObject } from '../../json/is-object.ts';
import type { AgentAnnotation } from '../agent-client.ts';
import { toCount } from '../upstream/to-count.ts';

/**
 * Collects the sources of one answer, each once. Upstreams send them as annotations in OpenAI's form, or as lists of
 * pages for the whole text: `citations` (Perplexity, xAI), `search_results` (Perplexity), and Mistral's reference parts.
 */
export class SourceReader {
  readonly #cited = new Set<string>();
  /** Pages of the whole text, with their titles. */
  readonly #pages = new Map<string, string>();

  /** Returns the citations of a list of annotations that have not come before. */
  readAnnotations(list: unknown): AgentAnnotation[] {
    if (!Array.isArray(list)) return [];
    return list.flatMap((entry) => {
      const citation = toCitation(entry);
      if (citation === undefined || this.#cited.has(JSON.stringify(citation))) return [];
      this.#cited.add(JSON.stringify(citation)).add(citation.url);
      return [citation];
    });
  }

  /** Adds pages, as URLs or as objects with a `url`. */
  addPages(list: unknown): void {
    if (!Array.isArray(list)) return;
    for (const entry of list) {
      const page: Record<string, unknown> = isObject(entry) ? entry : { url: entry };
      const url = toText(page['url']) || toText(page['link']);
      if (url !== '') this.#pages.set(url, toText(page['title']) || this.#pages.get(url) || '');
    }
  }

  /** Returns the added pages that no annotation cites, as sources of a text of this length. */
  takePages(length: number): AgentAnnotation[] {
    const pages = [...this.#pages].filter(([url]) => !this.#cited.has(url));
    this.#pages.clear();
    for (const [url] of pages) this.#cited.add(url);
    return pages.map(([url, title]) => ({
      ...urlCitation,
      url,
      title: title || url,
      start_index: 0,
      end_index: length,
    }));
  }
}

const urlCitation = { type: 'url_citation' } as const;

/** Reads the nested form of Chat Completions, and the flat one of Responses. */
function toCitation(entry: unknown) {
  if (!isObject(entry)) return undefined;
  const fields = isObject(entry['url_citation']) ? entry['url_citation'] : entry;
  const url = toText(fields['url']);
  if (url === '') return undefined;
  const start = toCount(fields['start_index']) ?? 0;
  return {
    ...urlCitation,
    url,
    title: toText(fields['title']) || url,
    start_index: start,
    end_index: toCount(fields['end_index']) ?? start,
  };
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');
