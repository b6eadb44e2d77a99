import { type ChatBody, type Dialect, openAiError } from './dialect.ts';

const templateError = (status: number, message: string) => ({
  status,
  body: { error: { code: status, message, type: 'server_error' } },
});

/** The servers that people run themselves. */
export const servers: readonly Dialect[] = [
  {
    name: 'Ollama',
    findings: [
      { found: 'Sends thoughts as `reasoning`.', handled: 'Thoughts go back under the name under which they came.' },
      { found: 'Refuses arguments that are no JSON object.', handled: 'They are wrapped on the way out.' },
      { found: 'Errors may be a plain text.', handled: 'The reason is read from it.' },
    ],
    refuse: () => undefined,
    thoughts: (reasoning) => ({ reasoning }),
  },
  {
    name: 'LM Studio',
    findings: [
      {
        found: 'Takes the format `json_schema`, but not `json_object`.',
        handled: '`json_object` becomes a sentence in the instructions; the answer is checked here.',
      },
      { found: 'Errors are a plain text.', handled: 'The reason is read from it.' },
    ],
    refuse: (body) =>
      body.response_format?.type === 'json_object'
        ? { status: 400, body: { error: "'response_format.type' must be 'json_schema' or 'text'" } }
        : undefined,
  },
  {
    name: 'llama.cpp',
    findings: [
      {
        found: 'Chat templates require roles that alternate, and answer 500 to others.',
        handled: 'Messages are joined or inserted for that model.',
      },
      { found: "Gemma's template has no system role.", handled: 'The instructions become a message of the user.' },
      { found: 'Older versions count in `timings` alone.', handled: 'The counts are read there.' },
    ],
    refuse({ messages }) {
      if (messages[0].role === 'system') return templateError(500, 'Jinja Exception: System role not supported');
      const isRepeated = messages.some(
        ({ role }: ChatBody, index: number) => role === 'user' && messages[index + 1]?.role === 'user',
      );
      if (!isRepeated) return undefined;
      return templateError(500, 'Jinja Exception: Conversation roles must alternate user/assistant/user/assistant/...');
    },
    thoughts: (text) => ({ reasoning_content: text }),
    usage: 'timings',
    usageDetails: {},
  },
  {
    name: 'vLLM',
    findings: [
      { found: 'Newer versions send thoughts as `reasoning`.', handled: 'Thoughts go back under the same name.' },
      {
        found: "Mistral's tokenizer requires ids of calls with nine characters.",
        handled: 'Ids are replaced after a refusal; pairs are kept.',
      },
      { found: 'Counts come with every chunk if it is set so.', handled: 'The last counts are taken.' },
    ],
    refuse(body) {
      const call = body.messages.find((message: ChatBody) => message.role === 'tool');
      if (call === undefined || /^[a-zA-Z0-9]{9}$/.test(call.tool_call_id)) return undefined;
      const message = `Tool call id was ${call.tool_call_id} but must be a-z, A-Z, 0-9, with a length of 9.`;
      return { status: 400, body: { object: 'error', message, type: 'BadRequestError', param: null, code: 400 } };
    },
    thoughts: (reasoning) => ({ reasoning }),
    usage: 'every-chunk',
  },
  {
    name: 'SGLang',
    findings: [
      { found: 'Errors have no envelope.', handled: 'The reason is read from `message`.' },
      {
        found: 'Templates may require a question of the user.',
        handled: 'Instructions alone are sent as the user after a refusal.',
      },
    ],
    refuse({ messages }) {
      if (messages.some(({ role }: ChatBody) => role === 'user')) return undefined;
      const message = 'No user query found in messages.';
      return { status: 400, body: { object: 'error', message, type: 'BadRequestError', param: null, code: 400 } };
    },
    thoughts: (text) => ({ reasoning_content: text }),
  },
  {
    name: 'LiteLLM',
    findings: [
      {
        found: "Wraps a provider's refusal in its own text, with the status as code.",
        handled: 'It is taught from like any other.',
      },
      { found: 'Refuses fields that the provider does not know.', handled: 'Those without a meaning are left out.' },
    ],
    refuse(body) {
      const message =
        body.parallel_tool_calls === undefined
          ? body.max_tokens !== undefined &&
            "litellm.BadRequestError: OpenAIException - Unsupported parameter: 'max_tokens' is not supported with this " +
              "model. Use 'max_completion_tokens' instead."
          : "litellm.UnsupportedParamsError: bedrock does not support parameters: ['parallel_tool_calls'], for model=m.";
      return message ? openAiError(message, { code: '400', type: null }) : undefined;
    },
  },
  {
    name: 'transformers serve',
    findings: [
      { found: 'Refuses fields that it does not know, all at once (422).', handled: 'They are left out one by one.' },
      { found: 'Counts no tokens.', handled: 'The tokens are an estimate.' },
      { found: 'Content must be a text, not null.', handled: 'Null becomes an empty text after a refusal.' },
    ],
    refuse(body) {
      const unknown = ['stream_options', 'parallel_tool_calls', 'response_format'].filter((name) => name in body);
      if (unknown.length > 0) {
        const names = unknown.map((name) => `'${name}'`).join(', ');
        return { status: 422, body: { detail: `Unexpected keys in the request: {${names}}` } };
      }
      const index = body.messages.findIndex(({ content }: ChatBody) => content === null);
      if (index < 0) return undefined;
      const loc = ['body', 'messages', index, 'content'];
      return { status: 422, body: { detail: [{ type: 'string_type', loc, msg: 'Input should be a valid string' }] } };
    },
    usage: 'none',
  },
];
