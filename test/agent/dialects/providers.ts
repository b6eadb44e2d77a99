import { answersOf, type ChatBody, type Dialect, forbidden, openAiError } from './dialect.ts';

const hasThoughts = (field: string) => (body: ChatBody) =>
  answersOf(body).some((answer) => answer[field] !== undefined);

/** The hosted services. */
export const providers: readonly Dialect[] = [
  {
    name: 'OpenAI',
    findings: [
      {
        found: 'Reasoning models refuse `max_tokens`.',
        handled:
          'The name that the client used is kept. A refused name is replaced by `max_completion_tokens`, for that model.',
      },
      {
        found: 'The o1-mini models refuse the role `system`.',
        handled: 'The instructions become a message of the user.',
      },
    ],
    refuse(body) {
      if (body.max_tokens !== undefined) {
        const message =
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
        return openAiError(message, { param: 'max_tokens', code: 'unsupported_parameter' });
      }
      if (body.messages[0].role !== 'system') return undefined;
      const message = "Unsupported value: 'messages[0].role' does not support 'system' with this model.";
      return openAiError(message, { param: 'messages[0].role', code: 'unsupported_value' });
    },
  },
  {
    name: 'Azure OpenAI',
    findings: [
      {
        found: 'Refuses `stream_options` in some API versions and with data sources.',
        handled: 'It is left out from then on; the tokens are then an estimate.',
      },
      { found: 'The first chunk has the results of its filter, and no choice.', handled: 'It is skipped.' },
    ],
    refuse(body) {
      if (body.stream_options !== undefined)
        return openAiError('Unrecognized request argument supplied: stream_options');
      return undefined;
    },
    usage: 'none',
    preamble: 'data: {"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[]}\n\n',
  },
  {
    name: 'Mistral',
    findings: [
      { found: 'Refuses `stream_options` (422); counts come with the last choice.', handled: 'It is left out.' },
      {
        found: 'Ids of calls have nine letters and digits.',
        handled: 'Ids are replaced after a refusal; pairs are kept.',
      },
      { found: 'No message of the user may follow an output.', handled: 'A short answer stands between the two.' },
      { found: 'Thoughts are parts of the content.', handled: 'They are read as reasoning.' },
    ],
    refuse(body) {
      if (body.stream_options !== undefined) return forbidden('stream_options', 'include_usage');
      for (const [index, message] of body.messages.entries()) {
        if (message.role === 'tool' && !/^[a-zA-Z0-9]{9}$/.test(message.tool_call_id)) {
          const text = `Tool call id was ${message.tool_call_id} but must be a-z, A-Z, 0-9, with a length of 9.`;
          return { status: 400, body: { object: 'error', message: text, type: 'invalid_function_call', code: '3280' } };
        }
        if (message.role === 'user' && body.messages[index - 1]?.role === 'tool') {
          const text = "Unexpected role 'user' after role 'tool'";
          return { status: 400, body: { object: 'error', message: text, type: 'invalid_request_message_order' } };
        }
      }
      return undefined;
    },
    thoughts: (text) => ({ content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] }),
    usage: 'with-choice',
  },
  {
    name: 'Groq',
    findings: [
      {
        found: 'Sends thoughts as `reasoning` and refuses `reasoning_content`.',
        handled: 'Thoughts go back under the name under which they came.',
      },
      {
        found: 'Many models refuse the format `json_schema`.',
        handled: '`json_object`, with the schema in the instructions.',
      },
      { found: 'Counts are in `x_groq`.', handled: 'They are read there.' },
    ],
    refuse(body) {
      if (hasThoughts('reasoning_content')(body)) {
        return openAiError("'messages.1' : property 'reasoning_content' is unsupported");
      }
      if (body.response_format?.type === 'json_schema') {
        return openAiError('This model does not support response format `json_schema`.', { param: 'response_format' });
      }
      return undefined;
    },
    thoughts: (reasoning) => ({ reasoning }),
    usage: 'x_groq',
  },
  {
    name: 'Cerebras',
    findings: [
      {
        found: 'Sends thoughts as `reasoning` and refuses `reasoning_content`.',
        handled: 'Thoughts go back under the name under which they came.',
      },
      { found: 'Errors have no envelope.', handled: 'The reason is read from `message`.' },
    ],
    refuse(body) {
      if (!hasThoughts('reasoning_content')(body)) return undefined;
      const message = 'body.messages.1.assistant.reasoning_content: property unsupported';
      return { status: 400, body: { message, type: 'invalid_request_error', code: 'wrong_api_format' } };
    },
    thoughts: (reasoning) => ({ reasoning }),
  },
  {
    name: 'DeepSeek',
    findings: [
      { found: 'Refuses the format `json_schema`.', handled: '`json_object`, with the schema in the instructions.' },
      {
        found: 'A thinking model requires the `reasoning_content` of every call.',
        handled: 'It is sent back; a blank stands for thoughts that are not known.',
      },
      { found: 'Cached tokens are `prompt_cache_hit_tokens`.', handled: 'They are read there.' },
    ],
    refuse(body) {
      if (body.response_format?.type === 'json_schema')
        return openAiError('This response_format type is unavailable now');
      if (answersOf(body).some((answer) => answer.tool_calls && !answer.reasoning_content)) {
        return openAiError('The `reasoning_content` in the thinking mode must be passed back to the API.');
      }
      return undefined;
    },
    thoughts: (text) => ({ reasoning_content: text }),
    usageDetails: { prompt_cache_hit_tokens: 2, completion_tokens_details: { reasoning_tokens: 3 } },
  },
  {
    name: 'Gemini (compatible API)',
    findings: [
      {
        found: 'Requires the thought signature of a call, in `extra_content`.',
        handled: 'It is kept with the call and sent back to the same agent.',
      },
      { found: 'Older versions do not know `stream_options`.', handled: 'It is left out.' },
      { found: 'An error is a list with one error.', handled: 'The reason is read within.' },
      { found: 'A turn with calls ends with `stop`.', handled: 'It ends with calls.' },
    ],
    refuse(body) {
      const refused = (message: string) => ({
        status: 400,
        body: [{ error: { code: 400, message, status: 'INVALID_ARGUMENT' } }],
      });
      if (body.stream_options !== undefined) {
        return refused('Invalid JSON payload received. Unknown name "stream_options": Cannot find field.');
      }
      const calls = answersOf(body).flatMap((answer) => answer.tool_calls ?? []);
      const isSigned = calls.every((call) => call.extra_content?.google?.thought_signature === 'SIG');
      return isSigned ? undefined : refused('Function call is missing a thought_signature in functionCall parts.');
    },
    callFields: { extra_content: { google: { thought_signature: 'SIG' } } },
    callsEnd: 'stop',
    usage: 'with-choice',
  },
  {
    name: 'Kimi (Moonshot)',
    findings: [
      { found: 'Counts are within the last choice.', handled: 'They are read there.' },
      {
        found: 'A thinking model requires the `reasoning_content` of every call.',
        handled: 'It is sent back; a blank stands for thoughts that are not known.',
      },
      { found: 'Refuses messages with an empty text.', handled: 'A placeholder stands for it after a refusal.' },
    ],
    refuse(body) {
      const index = answersOf(body).findIndex((answer) => answer.tool_calls && !answer.reasoning_content);
      if (index >= 0) {
        return openAiError(
          `thinking is enabled but reasoning_content is missing in assistant tool call message at index ${index}`,
        );
      }
      const empty = body.messages.findIndex((message: ChatBody) => message.content === '');
      if (empty < 0) return undefined;
      const { role } = body.messages[empty];
      return openAiError(`Invalid request: the message at position ${empty} with role '${role}' must not be empty`);
    },
    thoughts: (text) => ({ reasoning_content: text }),
    usage: 'in-choice',
  },
  {
    name: 'Qwen (DashScope)',
    findings: [
      {
        found: 'Thinking models refuse a request without a stream.',
        handled: 'A refused plain request is streamed from then on, for that model.',
      },
    ],
    refuse(body) {
      if (body.stream === true) return undefined;
      return openAiError('parameter.enable_thinking must be set to false for non-streaming calls');
    },
    thoughts: (text) => ({ reasoning_content: text }),
  },
  {
    name: 'OpenRouter',
    findings: [
      { found: 'Sends thoughts as `reasoning` with `reasoning_details`.', handled: 'Both go back as they came.' },
      { found: 'Sends comments while it waits for a provider.', handled: 'They are skipped.' },
      {
        found: "Wraps a provider's refusal as text in `metadata.raw`.",
        handled: 'It is read, and taught from, like any other.',
      },
    ],
    refuse(body) {
      if (body.parallel_tool_calls === undefined) return undefined;
      const raw = JSON.stringify({ error: { message: "Unsupported parameter: 'parallel_tool_calls'" } });
      return { status: 400, body: { error: { message: 'Provider returned error', code: 400, metadata: { raw } } } };
    },
    thoughts: (reasoning) => ({
      reasoning,
      reasoning_details: [{ type: 'reasoning.text', text: reasoning, index: 0 }],
    }),
    preamble: ': OPENROUTER PROCESSING\n\n',
  },
];
