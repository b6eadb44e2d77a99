import type { AgentTool } from '../../tools/agent-tool.ts';

/** The tools that a message plainly concerns: each word of the tool's name occurs in it. In the order offered. */
export function matchTools(tools: AgentTool[], message: string): AgentTool[] {
  const words = new Set(toWords(message));
  return tools.filter((tool) => shareOfWords(tool, words) === 1);
}

/** The tool with the largest share of its name's words in the message; the first of those that are equal. */
export function bestMatch(tools: AgentTool[], message: string): AgentTool | undefined {
  const words = new Set(toWords(message));
  let best: AgentTool | undefined;
  let bestShare = -1;
  for (const tool of tools) {
    const share = shareOfWords(tool, words);
    if (share > bestShare) [best, bestShare] = [tool, share];
  }
  return best;
}

function shareOfWords(tool: AgentTool, words: ReadonlySet<string>): number {
  const own = toWords(tool.name);
  return own.length === 0 ? 0 : own.filter((word) => words.has(word)).length / own.length;
}

/** `getWeather`, `get_weather` and "get weather" have the same words. */
function toWords(text: string): string[] {
  const spaced = text.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2');
  return spaced.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
