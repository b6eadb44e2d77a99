export interface Fence {
  language: string;
  text: string;
  /** Whether only blank lines are between the block before and this one: a page shows both as tabs. */
  follows: boolean;
}

/** Lists the fenced blocks of a Markdown document in order. */
export function readFences(markdown: string): Fence[] {
  let end = 0;
  return [...markdown.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm)].map(
    ({ 0: block, 1: language = '', 2: text = '', index }) => {
      const follows = end > 0 && markdown.slice(end, index).trim() === '';
      end = index + block.length;
      return { language, text, follows };
    },
  );
}
