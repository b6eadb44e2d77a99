/** A chat request as an upstream receives it. */
// biome-ignore lint/suspicious/noExplicitAny: dialects inspect the JSON that they expect
export type ChatBody = any;

/** What was found out about an upstream, and what this server does about it. */
export interface Finding {
  found: string;
  handled: string;
}

export interface Refusal {
  status: number;
  body: unknown;
}

/** How one upstream speaks: the row of the table, and what the test upstream does. */
export interface Dialect {
  name: string;
  findings: readonly Finding[];
  /** Returns the upstream's error for a body that it does not take. */
  refuse(body: ChatBody): Refusal | undefined;
  /** The delta that carries thoughts. Default: it shows none. */
  thoughts?: (text: string) => object;
  /** The upstream's own fields of a call. */
  callFields?: object;
  /** The reason with which an answer with calls ends. Default: `tool_calls`. */
  callsEnd?: string;
  /** The reason of an answer that is complete. Default: `stop`. */
  textEnd?: string;
  /** Where the token counts are. Default: a last chunk without choices, if `stream_options` asks for it. */
  usage?: 'with-choice' | 'in-choice' | 'x_groq' | 'every-chunk' | 'timings' | 'none';
  /** Fields of the counts beside the totals. Default: 2 cached and 3 reasoning tokens, as OpenAI names them. */
  usageDetails?: object;
  /** Sent before the first chunk, such as a comment. */
  preamble?: string;
  /** The cached tokens that a client sees. Default: 2. */
  cachedTokens?: number;
}

export const openAiError = (message: string, fields: object = {}): Refusal => ({
  status: 400,
  body: { error: { message, type: 'invalid_request_error', param: null, code: null, ...fields } },
});

/** Returns the assistant messages of a body. */
export const answersOf = (body: ChatBody): ChatBody[] =>
  body.messages.filter((message: ChatBody) => message.role === 'assistant');

/** Returns a refusal if a call lacks its output, or its arguments are no object: every upstream but a few refuses both. */
export function refuseBrokenCalls({ messages }: ChatBody): Refusal | undefined {
  for (const [index, message] of messages.entries()) {
    for (const [position, call] of (message.tool_calls ?? []).entries()) {
      if (messages[index + 1 + position]?.tool_call_id !== call.id) {
        return openAiError(
          `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. ` +
            `The following tool_call_ids did not have response messages: ${call.id}`,
        );
      }
      const value: unknown = JSON.parse(call.function.arguments);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return openAiError(`messages.${index}.tool_calls.${position}.function.arguments is not a JSON object`);
      }
    }
  }
  return undefined;
}

/** Returns FastAPI's error for a field that a model forbids. */
export const forbidden = (...path: (string | number)[]): Refusal => ({
  status: 422,
  body: { detail: [{ type: 'extra_forbidden', loc: ['body', ...path], msg: 'Extra inputs are not permitted' }] },
});
