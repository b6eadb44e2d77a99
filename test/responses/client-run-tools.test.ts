import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {
  Response,
  ResponseInputItem,
  ResponseStreamEvent,
  Tool,
  ToolChoiceOptions,
} from 'openai/resources/responses/responses';
import { agents, stores, useServer } from '../clients/agents-under-test.ts';
import { isApiError } from './is-api-error.ts';
import { useUpstream } from './use-upstream.ts';

const model = 'any-name';
const exited = { type: 'exit' as const, exit_code: 0 };

interface Sample {
  tool: Tool;
  /** The arguments that the model writes. */
  args: object;
  /** The item that the client gets, without its IDs. */
  item: object;
  output: (callId: string) => ResponseInputItem;
  /** The model reads it as the result. */
  result: string;
}

const samples: Record<string, Sample> = {
  shell: {
    tool: { type: 'shell', environment: { type: 'local' } },
    args: { commands: ['ls -a', 'pwd'], timeout_ms: 1000 },
    item: {
      type: 'shell_call',
      status: 'completed',
      action: { commands: ['ls -a', 'pwd'], timeout_ms: 1000, max_output_length: null },
      environment: { type: 'local' },
    },
    output: (call_id) => ({
      type: 'shell_call_output',
      call_id,
      output: [
        { stdout: 'a.txt', stderr: '', outcome: exited },
        { stdout: '', stderr: 'slow', outcome: { type: 'timeout' } },
      ],
    }),
    result: 'Command 1:\na.txt\nExit code: 0\n\nCommand 2:\nstderr:\nslow\nThe command timed out.',
  },
  local_shell: {
    tool: { type: 'local_shell' },
    args: { command: ['ls'], working_directory: '/tmp', env: { A: 'b' } },
    item: {
      type: 'local_shell_call',
      status: 'completed',
      action: {
        type: 'exec',
        command: ['ls'],
        env: { A: 'b' },
        timeout_ms: null,
        user: null,
        working_directory: '/tmp',
      },
    },
    output: (id) => ({ type: 'local_shell_call_output', id, output: 'a.txt' }),
    result: 'a.txt',
  },
  apply_patch: {
    tool: { type: 'apply_patch' },
    args: { type: 'update_file', path: 'a.txt', diff: '@@\n-a\n+b' },
    item: {
      type: 'apply_patch_call',
      status: 'completed',
      operation: { type: 'update_file', path: 'a.txt', diff: '@@\n-a\n+b' },
    },
    output: (call_id) => ({ type: 'apply_patch_call_output', call_id, status: 'failed', output: 'No such file.' }),
    result: 'Failed: No such file.',
  },
  tool_search: {
    tool: { type: 'tool_search', execution: 'client', description: 'Finds tools.' },
    args: { query: 'weather' },
    item: { type: 'tool_search_call', status: 'completed', execution: 'client', arguments: { query: 'weather' } },
    output: (call_id) => ({
      type: 'tool_search_output',
      call_id,
      execution: 'client',
      tools: [
        { type: 'function', name: 'get_weather', parameters: null, strict: null, defer_loading: true },
        { type: 'namespace', name: 'eyes', description: 'To see.', tools: [{ type: 'function', name: 'look' }] },
      ],
    }),
    result: 'You can now call these tools: get_weather, eyes__look',
  },
};

function findCall(response: Response) {
  const [call] = response.output;
  assert.ok(call && 'call_id' in call && call.call_id, JSON.stringify(response.output));
  return { ...call, call_id: call.call_id };
}

for (const agent of agents) {
  for (const [type, { tool, args, item, output, result }] of Object.entries(samples)) {
    for (const stream of [false, true]) {
      describe(`the tool '${type}' with the ${agent}, ${stream ? 'streamed' : 'plain'}`, () => {
        const setup = useServer(agent, stores[0]);
        const call = () => setup.words.call({ name: type, arguments: args });
        const ask = (body: { input: string | ResponseInputItem[]; previous_response_id?: string; store?: boolean }) =>
          stream
            ? setup.openai.responses.stream({ model, tools: [tool], ...body }).finalResponse()
            : setup.openai.responses.create({ model, tools: [tool], ...body });

        it('is called with an item of its own shape', async () => {
          const response = await ask({ input: call() });
          const { id, call_id, ...rest } = findCall(response);
          assert.deepEqual(rest, item);
          assert.ok(id && call_id);
          assert.deepEqual([response.output.length, response.status], [1, 'completed']);
        });

        it('returns its output to the model, in a chain', async () => {
          const first = await ask({ input: call() });
          const input = [output(findCall(first).call_id)];
          const said = JSON.stringify((await ask({ input, previous_response_id: first.id })).output);
          assert.ok(said.includes(JSON.stringify(setup.words.provesResult(result)).slice(1, -1)), said);
        });

        it('returns its output to the model when the client replays the call', async () => {
          const asked: ResponseInputItem[] = [{ role: 'user', content: call() }];
          const first = await ask({ input: asked, store: false });
          const { call_id } = findCall(first);
          const replayed = [...asked, ...(first.output as ResponseInputItem[]), output(call_id)];
          const said = JSON.stringify((await ask({ input: replayed, store: false })).output);
          assert.ok(said.includes(JSON.stringify(setup.words.provesResult(result)).slice(1, -1)), said);
        });
      });
    }
  }
}

describe('a shell call', () => {
  const setup = useServer('offline agent', 'memory');
  const tools = [samples['shell']?.tool as Tool];

  it('streams its commands one after the other, before its item is done', async () => {
    const input = '/say Let me look.\n/call shell {"commands":["ls -a","pwd"]}\n/call shell {"commands":["id"]}';
    const stream = await setup.openai.responses.create({ model, input, tools, stream: true });
    const events = await Array.fromAsync(stream);
    const seen = events.flatMap(describeEvent);
    const commands = (index: number, list: string[]) =>
      list.flatMap((command, position) => [
        `command.added ${index} ${position} ''`,
        `command.delta ${index} ${position} '${command}'`,
        `command.done ${index} ${position} '${command}'`,
      ]);
    assert.deepEqual(seen, [
      'added 0 message',
      'done 0 message',
      'added 1 shell_call in_progress []',
      ...commands(1, ['ls -a', 'pwd']),
      'done 1 shell_call completed ["ls -a","pwd"]',
      'added 2 shell_call in_progress []',
      ...commands(2, ['id']),
      'done 2 shell_call completed ["id"]',
    ]);
    assert.deepEqual(
      events.map((event) => event.sequence_number),
      events.map((_, index) => index),
    );
  });

  it('is replayed from its stored response with the same events', async () => {
    const input = '/call shell {"commands":["ls"]}';
    const { id } = await setup.openai.responses.create({ model, input, tools });
    const stream = await setup.openai.responses.retrieve(id, { stream: true });
    const seen = (await Array.fromAsync(stream)).flatMap(describeEvent);
    assert.deepEqual(seen, [
      'added 0 shell_call in_progress []',
      "command.added 0 0 ''",
      "command.delta 0 0 'ls'",
      "command.done 0 0 'ls'",
      'done 0 shell_call completed ["ls"]',
    ]);
  });

  for (const [form, args] of [
    ['a single command', '{"command":"ls"}'],
    ['a text for the list', '{"commands":"ls"}'],
  ] as const) {
    it(`accepts ${form}, as some models write it`, async () => {
      const response = await setup.openai.responses.create({ model, input: `/call shell raw ${args}`, tools });
      const [call] = response.output;
      assert.deepEqual(call?.type === 'shell_call' && call.action.commands, ['ls']);
    });
  }
});

function describeEvent(event: ResponseStreamEvent): string[] {
  switch (event.type) {
    case 'response.output_item.added':
    case 'response.output_item.done': {
      const { item } = event;
      const rest = item.type === 'shell_call' ? [item.status, JSON.stringify(item.action.commands)] : [];
      return [[event.type.split('.').at(-1), event.output_index, item.type, ...rest].join(' ')];
    }
    case 'response.shell_call_command.added':
    case 'response.shell_call_command.delta':
    case 'response.shell_call_command.done': {
      const text = 'delta' in event ? event.delta : event.command;
      const name = event.type.split('.').at(-1);
      return [`command.${name} ${event.output_index} ${event.command_index} '${text}'`];
    }
    default:
      return [];
  }
}

describe('arguments that do not fit a tool of the client', () => {
  const setup = useServer('offline agent', 'memory');

  for (const [type, args] of [
    ['shell', '{"commands":['],
    ['shell', '{"commands":[]}'],
    ['shell', '["ls"]'],
    ['local_shell', '{"command":[1]}'],
    ['apply_patch', '{"type":"update_file","path":"a.txt"}'],
    ['apply_patch', '{"type":"rename","path":"a.txt","diff":""}'],
    ['tool_search', '[]'],
  ] as const) {
    it(`pass as a function call that the client can answer: ${type} ${args}`, async () => {
      const tools = [samples[type]?.tool as Tool];
      const first = await setup.openai.responses.create({ model, input: `/call ${type} raw ${args}`, tools });
      const [call] = first.output;
      assert.ok(call?.type === 'function_call');
      assert.deepEqual([call.name, call.arguments, call.status], [type, args, 'completed']);
      const input = [{ type: 'function_call_output' as const, call_id: call.call_id, output: 'invalid arguments' }];
      const second = await setup.openai.responses.create({ model, input, tools, previous_response_id: first.id });
      assert.match(second.output_text, /returned: invalid arguments/);
    });
  }
});

describe('tools of the client before an upstream that knows only functions', () => {
  const setup = useUpstream('memory');
  const tools = Object.values(samples).map(({ tool }) => tool);
  const names = () => setup.sent.tools.map((tool: { function: { name: string } }) => tool.function.name);

  it('are sent as functions of the same names', async () => {
    await setup.openai.responses.create({ model, input: 'say ok', tools });
    assert.deepEqual(names(), Object.keys(samples));
    const [shell, , , search] = setup.sent.tools;
    assert.deepEqual(shell.function.parameters.required, ['commands']);
    assert.equal(search.function.description, 'Finds tools.');
  });

  it('are omitted when the provider would run them', async () => {
    const hosted: Tool[] = [{ type: 'shell', environment: { type: 'container_auto' } }, { type: 'tool_search' }];
    await setup.openai.responses.create({ model, input: 'say ok', tools: [...hosted, { type: 'apply_patch' }] });
    assert.deepEqual(names(), ['apply_patch']);
  });

  it('are called again as they were when the history is replayed', async () => {
    const { tool, args, output } = samples['apply_patch'] as Sample;
    const first = await setup.openai.responses.create({
      model,
      input: `tool apply_patch ${JSON.stringify(args)}`,
      tools: [tool],
    });
    const { call_id } = findCall(first);
    const input = [output(call_id)];
    await setup.openai.responses.create({ model, input, tools: [tool], previous_response_id: first.id });
    const [, said, result] = setup.sent.messages;
    assert.deepEqual(said.tool_calls[0].function, { name: 'apply_patch', arguments: JSON.stringify(args) });
    assert.deepEqual(result, { role: 'tool', tool_call_id: call_id, content: 'Failed: No such file.' });
  });

  it('describe the skills of a local shell', async () => {
    const skills = [{ name: 'csv', description: 'Reads tables.', path: '/skills/csv' }];
    const tool: Tool = { type: 'shell', environment: { type: 'local', skills } };
    await setup.openai.responses.create({ model, input: 'say ok', tools: [tool] });
    assert.match(setup.sent.tools[0].function.description, /- csv \(\/skills\/csv\): Reads tables\./);
  });

  for (const tool_choice of [
    'required',
    { type: 'shell' },
    { type: 'allowed_tools', mode: 'required', tools: [{ type: 'shell' }] },
  ] as (ToolChoiceOptions | { type: 'shell' })[]) {
    it(`can be required: ${JSON.stringify(tool_choice)}`, async () => {
      const input = 'tool shell {"commands":["ls"]}';
      const response = await setup.openai.responses.create({ model, input, tools, tool_choice });
      assert.equal(response.output[0]?.type, 'shell_call');
    });
  }

  it('cannot be required when they are not offered', async () => {
    await assert.rejects(
      setup.openai.responses.create({ model, input: 'say ok', tool_choice: { type: 'shell' } }),
      isApiError(400, 'invalid_value', 'tool_choice'),
    );
  });

  for (const output of Object.values(samples).map((sample) => sample.output('call_unknown'))) {
    it(`refuse an output without its call: ${output.type}`, async () => {
      await assert.rejects(
        setup.openai.responses.create({ model, input: [{ role: 'user', content: 'Hi' }, output], tools }),
        isApiError(400, 'invalid_value', 'input[1].call_id'),
      );
    });
  }
});

describe('tools that a client finds by its search', () => {
  const setup = useUpstream('SQLite');
  const search: Tool = { type: 'tool_search', execution: 'client' };
  const weather = { type: 'function' as const, name: 'get_weather', parameters: null, strict: null };
  const deferred = { ...weather, defer_loading: true };
  const eyes = {
    type: 'namespace' as const,
    name: 'eyes',
    description: 'To see.',
    tools: [{ type: 'function' as const, name: 'look', defer_loading: true }],
  };
  const names = () => setup.sent.tools.map((tool: { function: { name: string } }) => tool.function.name);

  it('are offered once they are found, in every later turn', async () => {
    const tools: Tool[] = [search, deferred, eyes];
    const first = await setup.openai.responses.create({ model, input: 'tool tool_search {"query":"w"}', tools });
    assert.deepEqual(names(), ['tool_search']);
    const { call_id } = findCall(first);
    const found: ResponseInputItem = {
      type: 'tool_search_output',
      call_id,
      execution: 'client',
      tools: [deferred, eyes],
    };
    const second = await setup.openai.responses.create({
      model,
      input: [found, { role: 'user', content: 'tool eyes__look {}' }],
      tools: [search],
      previous_response_id: first.id,
    });
    assert.deepEqual(names(), ['tool_search', 'get_weather', 'eyes__look']);
    const [call] = second.output;
    assert.ok(call?.type === 'function_call');
    assert.deepEqual([call.name, call.namespace], ['look', 'eyes']);
    await setup.openai.responses.create({
      model,
      input: [{ type: 'function_call_output', call_id: call.call_id, output: 'seen' }],
      tools: [search],
      previous_response_id: second.id,
    });
    assert.deepEqual(names(), ['tool_search', 'get_weather', 'eyes__look']);
  });

  it('are all offered when the client does not search', async () => {
    await setup.openai.responses.create({ model, input: 'say ok', tools: [{ type: 'tool_search' }, deferred, eyes] });
    assert.deepEqual(names(), ['get_weather', 'eyes__look']);
  });
});
