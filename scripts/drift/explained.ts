/** The effect of a field, value or type that the openai package has and our contract lacks. */
export type Stance = 'supported' | 'ignored' | 'refused' | 'passed' | 'not offered';

export interface Explanation {
  /** The differences, as `npm run drift` prints them. `*` stands for any text. */
  differences: string[];
  stance: Stance;
  reason: string;
}

/** The reviewed differences. One that is not listed fails `npm run drift`, and so does an entry that matches nothing. */
export const explained: readonly Explanation[] = [
  {
    differences: ['*tool*(mcp).tunnel_id', '*tool*(image_generation).*', '*(image_generation_call).*'],
    stance: 'passed',
    reason: 'the content of hosted tools and their items is left open; it is stored and passed on as sent',
  },
  {
    differences: ['*item(*.caller', '*item(function_call_output).name', '*item(function_call_output).namespace'],
    stance: 'passed',
    reason: 'returned as the client sent it; this server does not set it',
  },
  {
    differences: ['item(message).content*.prompt_cache_breakpoint', 'item(message).content[](input_file).detail'],
    stance: 'passed',
    reason: 'returned as the client sent it',
  },
  {
    differences: ['*.prompt_cache_breakpoint.ttl'],
    stance: 'ignored',
    reason: 'this server has no prompt cache; breakpoints and their lifetimes have no effect',
  },
  { differences: ['compact request.image'], stance: 'ignored', reason: 'this server never compresses images' },
  {
    differences: ['response.reasoning.generate_summary', 'response.reasoning.mode'],
    stance: 'passed',
    reason: 'reported as the client sent it',
  },
  {
    differences: ['*.created_by', 'item(computer_call_output).status=in_progress'],
    stance: 'not offered',
    reason: 'items have no creator here, and an unfinished output is `incomplete`',
  },
  {
    differences: ['response.output_text', '*socket server(error).error.headers'],
    stance: 'not offered',
    reason: 'the SDK adds it to what it received',
  },
  {
    differences: ['response.instructions: list', 'response.prompt'],
    stance: 'not offered',
    reason: 'prompt templates are refused, so instructions are always text',
  },
  {
    differences: ['response.prompt_cache_options', 'response.prompt_cache_diagnostics(cache_miss).*'],
    stance: 'not offered',
    reason: 'this server has no prompt cache; diagnostics are always `unavailable`',
  },
  {
    differences: [
      '*.error.misalignment',
      '*.moderation',
      'response.input_transformations',
      'compacted.image',
      'model.shutdown_date',
    ],
    stance: 'not offered',
    reason: "a service of OpenAI's; agents do not report it",
  },
  {
    differences: [
      'response.tool_usage',
      'response.usage.input_tokens_details.cache_write_tokens_details',
      'chat completion.usage.*',
    ],
    stance: 'not offered',
    reason: 'agents do not report usage in this detail',
  },
  {
    differences: ['event(response.image_generation_call.partial_image).*', 'socket server(response.image_generation_*'],
    stance: 'passed',
    reason: 'the events of a hosted tool are the agent’s own',
  },
  {
    differences: ['event(response.shell_call_output_content.done).output[].created_by'],
    stance: 'passed',
    reason: 'the events of a hosted tool are the agent’s own',
  },
  {
    differences: ['socket client(response.steer).input[](*'],
    stance: 'not offered',
    reason: 'steering takes user messages of three fields, as its documentation says; the types list more',
  },
  {
    differences: ['*.audio', '*.function_call', 'chat chunk.obfuscation'],
    stance: 'not offered',
    reason: 'no agent produces audio, the deprecated form of calls or padding',
  },
  {
    differences: ['chat chunk.*.role=*', 'conversation item(message).role=*'],
    stance: 'not offered',
    reason: 'an answer is from the assistant, and no text API takes these roles',
  },
  {
    differences: ['stored chat message(assistant).annotations'],
    stance: 'not offered',
    reason: 'the stored messages are those that the client sent',
  },
  {
    differences: ['conversation item(message).content[](*'],
    stance: 'not offered',
    reason: 'stored parts are those of the Responses API',
  },
  {
    differences: ['method *.parse', 'method *.stream', 'method Completions.runTools'],
    stance: 'supported',
    reason: 'a helper of the SDK on top of a supported operation',
  },
  { differences: ['method Models.delete'], stance: 'not offered', reason: 'models belong to the agents' },
];
