/** A request as recorded from Codex 0.169 after some turns, with its fields and item types. */
export function createCodexRequest(): object {
  return {
    model: 'any-name',
    stream: true,
    store: false,
    tool_choice: 'auto',
    parallel_tool_calls: true,
    include: ['reasoning.encrypted_content'],
    prompt_cache_key: 'f3b9c1f4-6f0c-4b57-9a59-6f3f4c1f0d11',
    reasoning: { effort: 'low', summary: 'auto', context: 'all_turns' },
    text: { verbosity: 'low' },
    client_metadata: { session: 'f3b9c1f4', turn_metadata: '{"sandbox":"none"}' },
    input: [
      developer('You are a coding agent. '.repeat(2000)),
      developer('Skills: none.'),
      user('<environment_context>\n  <cwd>~/project</cwd>\n</environment_context>'),
      ...pastTurn(),
      user('Now fix the test.'),
    ],
    tools: createTools(),
  };
}

let lastId = 0;
const createId = (prefix: string): string => `${prefix}_client_${++lastId}`;

/** Codex adds this to every item for a provider that is named "OpenAI". */
const passthrough = { internal_chat_message_metadata_passthrough: { turn_id: 't1', content_item_kinds: ['text'] } };

/** The first input item of a model in code mode: there are no `tools` then. */
export function codeModeTools(): object {
  const grammar = { type: 'grammar', syntax: 'lark', definition: 'start: /.+/s' };
  const exec = { type: 'custom', name: 'exec', description: 'Runs code.', format: grammar };
  const tools = [
    {
      type: 'namespace',
      name: 'functions',
      description: 'Functions.',
      tools: [exec, functionTool('wait', 'Waits.'), functionTool('request_user_input', 'Asks.')],
    },
    { type: 'namespace', name: 'clock', description: 'Time.', tools: [functionTool('now', 'The time.')] },
  ];
  return { type: 'additional_tools', id: createId('at'), role: 'developer', tools };
}

function message(role: string, content: object[]): object {
  return { type: 'message', id: createId('msg'), role, content, ...passthrough };
}

const developer = (text: string): object => message('developer', [{ type: 'input_text', text }]);
export const user = (text: string): object => message('user', [{ type: 'input_text', text }]);

/** Earlier output comes back unchanged. */
function pastTurn(): object[] {
  return [
    user('Look at the picture and run the tests.'),
    message('user', [
      { type: 'input_text', text: 'The picture:' },
      { type: 'input_image', image_url: `data:image/png;base64,${'A'.repeat(80_000)}`, detail: 'high' },
    ]),
    { type: 'reasoning', id: createId('rs'), summary: [{ type: 'summary_text', text: 'Tests first.' }], content: null },
    { type: 'reasoning', id: createId('rs'), summary: [], encrypted_content: null, status: 'completed' },
    {
      type: 'function_call',
      id: createId('fc'),
      call_id: 'call_1',
      name: 'exec_command',
      arguments: '{"cmd":"npm test"}',
      status: 'completed',
    },
    { type: 'function_call_output', id: createId('fco'), call_id: 'call_1', output: '1 failing' },
    {
      type: 'function_call',
      id: createId('fc'),
      call_id: 'call_2',
      namespace: 'mcp__files',
      name: 'read',
      arguments: '{"path":"a.ts"}',
    },
    {
      type: 'function_call_output',
      id: createId('fco'),
      call_id: 'call_2',
      output: [
        { type: 'input_text', text: 'const a = 1;' },
        { type: 'input_image', image_url: 'data:image/png;base64,AA==', detail: 'original' },
      ],
    },
    {
      type: 'custom_tool_call',
      id: createId('ctc'),
      call_id: 'call_3',
      name: 'apply_patch',
      input: '*** Begin Patch\n*** End Patch',
      status: 'completed',
    },
    { type: 'custom_tool_call_output', id: createId('ctco'), call_id: 'call_3', output: 'Done.' },
    message('assistant', [{ type: 'output_text', text: 'One test fails.', annotations: [], logprobs: [] }]),
  ];
}

function createTools(): object[] {
  return [
    functionTool('exec_command', 'Runs a command. '.repeat(50)),
    functionTool('write_stdin', 'Writes to a running command.'),
    {
      type: 'custom',
      name: 'apply_patch',
      description: 'Edits files.',
      format: { type: 'grammar', syntax: 'lark', definition: 'start: begin_patch\nbegin_patch: "*** Begin Patch"' },
    },
    {
      type: 'namespace',
      name: 'multi_agent_v1',
      description: 'Other agents.',
      tools: ['spawn', 'send', 'wait'].map((name) => functionTool(name, `To ${name}.`)),
    },
    { type: 'web_search', external_web_access: false, search_content_types: ['text'] },
    { type: 'tool_search', execution: 'client' },
  ];
}

/** A function as Codex declares it: never strict. */
export function functionTool(name: string, description: string): object {
  const parameters = { type: 'object', properties: { cmd: { type: 'string' } }, additionalProperties: false };
  return { type: 'function', name, description, strict: false, parameters };
}
