import type { AgentTool } from '../../tools/agent-tool.ts';

/** Returns the tools whose name's words all occur in the message, in the order of `tools`. */
export function matchTools(tools: AgentTool[], message: string): AgentTool[] {
  const words = new Set(toWords(message));
  return tools.filter((tool) => shareOfWords(tool, words) === 1);
}

/** Returns the tool with the largest share of its name's words in the message. Ties go to the first tool. */
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

/** Splits a name or a message into words: `getWeather`, `get_weather` and "get weather" are equal. */
function toWords(text: string): string[] {
  const spaced = text.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2');
  return spaced.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
