import type { AgentTool } from '../../tools/agent-tool.ts';
import { stopWords } from './stop-words.ts';

/**
 * Returns the tools that a message asks for, in the order of `tools`: those whose names occur whole. Otherwise the best
 * one of which a word of the name occurs, otherwise the best one of which a word of the description does. Only
 * significant words count.
 */
export function matchTools(tools: AgentTool[], message: string): AgentTool[] {
  const words = new Set(toWords(message));
  const whole = tools.filter((tool) => shareOfWords(tool.name, words) === 1);
  if (whole.length > 0) return whole;
  const best =
    bestBy(tools, (tool) => shareOfWords(tool.name, words)) ??
    bestBy(tools, (tool) => shareOfWords(tool.description ?? '', words));
  return best ? [best] : [];
}

/** Returns the tool with the largest share of its name's words in the message. Ties go to the first tool. */
export function bestMatch(tools: AgentTool[], message: string): AgentTool | undefined {
  const words = new Set(toWords(message));
  return bestBy(tools, (tool) => shareOfWords(tool.name, words)) ?? tools[0];
}

/** Returns the first of the tools with the largest share; `undefined` when all shares are zero. */
function bestBy(tools: AgentTool[], shareOf: (tool: AgentTool) => number): AgentTool | undefined {
  let best: AgentTool | undefined;
  let bestShare = 0;
  for (const tool of tools) {
    const share = shareOf(tool);
    if (share > bestShare) [best, bestShare] = [tool, share];
  }
  return best;
}

/** Returns the share of a text's significant words that occur, or of all its words if none is significant. */
function shareOfWords(text: string, words: ReadonlySet<string>): number {
  const all = toWords(text);
  const significant = all.filter((word) => word.length > 1 && !stopWords.has(word));
  const own = significant.length > 0 ? significant : all;
  return own.length === 0 ? 0 : own.filter((word) => words.has(word)).length / own.length;
}

/** Splits a name or a message into words: `getWeather`, `get_weather` and "get weather" are equal. */
function toWords(text: string): string[] {
  const spaced = text.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2');
  return spaced.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
