import type { KnownFinding, Tool } from './finding.ts';

const tool: Tool = 'schemathesis';

/** A run is bounded in time, and so may end before it finds these again. */
const occasional = true;

/**
 * Findings that are no defects, each with its reason. ST201: the server accepted what violates the schema. ST202: it
 * refused what the schema allows; the text is the server's.
 */
export const knownFindings: KnownFinding[] = [
  {
    tool,
    text: /^ST202 .*: (?:Invalid cursor\.|No (?:item|message|chat completion|run|response) with id)/s,
    reason: 'A cursor names an entry of the list. A schema can only require text.',
  },
  {
    tool,
    occasional,
    text: /^ST202 .*: (?:Missing required parameter: '(?:input|model|messages)'|No user message found)/s,
    reason: 'Empty text counts as omitted, and a turn needs something to answer. What, depends on other fields.',
  },
  {
    tool,
    occasional,
    text: /^ST202 .*: (?:Send either|'count' excludes|Invalid value for 'top_logprobs'|A completion window of|A 'configuration_update' (?:requires|can't change)|(?:A file|An image) requires)/s,
    reason: 'Of some fields one is required, or only one allowed, which would make the schemas unreadable.',
  },
  {
    tool,
    occasional,
    text: /^ST202 .*(?:No tool call found|tool_call_id|'tool_calls'|A conversation cannot hold|None of 'tool_choice|Tool choice|needs a tool in 'tools')/s,
    reason: 'The order of items and references between them are rules that a schema does not express.',
  },
  {
    tool,
    occasional,
    text: /^ST202 .*(?:not supported (?:by|in)|does not support|accepts no server_url|MCP server|has no prompt cache|could not be verified|was not stored|have a stored request)/s,
    reason: 'It depends on the agent, on stored data and on what this server supports: docs/support.md.',
  },
  {
    tool,
    occasional,
    operation: /^GET \/v1\/chat\/completions$/,
    text: /^ST202 .*: Invalid 'metadata': must be object\./s,
    reason:
      'A query has a list in `metadata[]`, as in `include[]`, so its objects have no empty key, nor one of digits.',
  },
  {
    tool,
    occasional,
    text: /^ST201 .*(?:parameter `\w+` in query|violates `(?:type|enum)` at \/properties\/\w+$)/s,
    reason: 'A parameter of the query without a value is omitted, as the clients that send one mean it.',
  },
  {
    tool,
    occasional,
    operation: /^POST \/v1\/(?:chat|conversations|responses)/,
    text: /^ST201 .*(?:items|input|messages|tools)(?: -> |\/)/s,
    reason: 'Bodies are read in other forms that clients send: docs/decisions/2026-11-29-lenient-bodies.md.',
  },
  {
    tool,
    occasional,
    operation: /^POST \/v1\/(?:chat\/completions|responses)$/,
    text: /^ST101 .*: (?:The agent's answer does not have the requested format|The agent did not call a tool)/s,
    reason: 'The example of `X-Talaria-Script` makes the agent answer with text, whatever the body asks for.',
  },
  {
    tool,
    occasional,
    operation: /^POST \/v1\/(?:chat\/completions|responses)$/,
    text: /^ST202 .*: Invalid X-Talaria-Script: /s,
    reason: 'A script has a grammar that a schema does not express.',
  },
  {
    tool,
    occasional,
    text: /^ST202 .*: expected a URL that starts with one of/s,
    reason: 'Which schemes are allowed depends on the kind of content. The contract says it in words.',
  },
];
