export interface Fence {
  language: string;
  text: string;
}

/** Lists the fenced blocks of a Markdown document in order. */
export function readFences(markdown: string): Fence[] {
  return [...markdown.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}
