const platform = 'https://platform.openai.com/docs';

/** Where a source can be read. The first pattern that matches the begin of a clause applies. */
const sources: readonly [pattern: RegExp, url: string | ((match: RegExpExecArray) => string)][] = [
  [/^OpenAI API reference: (create chat completion|(get|list|update|delete) chat)/, `${platform}/api-reference/chat`],
  [/^OpenAI API reference: streaming chat/, `${platform}/api-reference/chat-streaming`],
  [/^OpenAI API reference: (list models|retrieve model)/, `${platform}/api-reference/models`],
  [/^OpenAI API reference: streaming events/, `${platform}/api-reference/responses-streaming`],
  [/^OpenAI API reference: error codes/, `${platform}/guides/error-codes`],
  [/^OpenAI API reference: (function calling|custom tools)/, `${platform}/guides/function-calling`],
  [/^OpenAI API reference: structured outputs/, `${platform}/guides/structured-outputs`],
  [/^OpenAI API reference: (background mode|only background|cancel)/, `${platform}/guides/background`],
  [/^OpenAI API reference: conversation state/, `${platform}/guides/conversation-state`],
  [
    /^OpenAI API reference: .*(conversation|create items|list items|an item)/,
    `${platform}/api-reference/conversations`,
  ],
  [/^OpenAI API reference: .*MCP tools/, `${platform}/guides/tools-connectors-mcp`],
  [/^OpenAI/, `${platform}/api-reference/responses`],
  [/^Open Responses/, 'https://www.openresponses.org/specification'],
  [
    /^RFC (\d+)(?:, ([\d.]+))?/,
    ([, number, section]) =>
      `https://www.rfc-editor.org/rfc/rfc${number}${section === undefined ? '' : `#section-${section}`}`,
  ],
  [/^(draft-ietf-[\w-]+)/, ([, draft]) => `https://datatracker.ietf.org/doc/${draft}/`],
  [/^Fetch standard/, 'https://fetch.spec.whatwg.org/#http-cors-protocol'],
];

/** Returns the address of the public text behind a clause, or undefined where a client or a habit is the source. */
export function toClauseLink(clause: string): string | undefined {
  for (const [pattern, url] of sources) {
    const match = pattern.exec(clause);
    if (match) return typeof url === 'string' ? url : url(match);
  }
  return undefined;
}
