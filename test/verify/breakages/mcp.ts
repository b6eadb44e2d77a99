import {
  accept,
  ask,
  type Breakage,
  type Breakages,
  eventsOf,
  fits,
  ignore,
  json,
  refuse,
  responsePost,
  without,
} from '../breakage.ts';
import { shared } from './tenancy.ts';

// biome-ignore lint/suspicious/noExplicitAny: a breakage changes the JSON that it knows is there
type Json = any;

const responseGet = /^GET \/responses\//;

const listOf = (value: Json): Json[] => (Array.isArray(value) ? value : []);
const dropItems = (response: Json, type: string): void => {
  response.output = listOf(response.output).filter((item) => item.type !== type);
};

/** Changes the tools of a request. */
const tools = (does: string, change: (tool: Json) => void): Breakage =>
  ask(does, responsePost, ({ body }) => {
    listOf(body?.tools).forEach(change);
    return undefined;
  });

/** Changes the answers to approval requests. */
const answers = (does: string, change: (item: Json) => void): Breakage =>
  ask(does, responsePost, ({ body }) => {
    for (const item of listOf(body?.input)) if (item.type === 'mcp_approval_response') change(item);
    return undefined;
  });

const final = (does: string, change: (response: Json) => void): Breakage =>
  eventsOf(does, 'response.completed', (event) => change(event.response));

export const mcpBreakages: Breakages = {
  'mcp.list': final('runs tools without showing their list', (response) => dropItems(response, 'mcp_list_tools')),
  'mcp.list-events': without('response.mcp_list_tools.in_progress'),
  'mcp.call': final('returns another output than the tool', ({ output }) => {
    for (const item of output) if (item.type === 'mcp_call') item.output = 'nothing';
  }),
  'mcp.answer': final('ends after the call', (response) => dropItems(response, 'message')),
  'mcp.call-events': without('response.mcp_call.completed'),
  'mcp.arguments': eventsOf('ends with other arguments', 'response.mcp_call_arguments.done', (event) => {
    event.arguments = '{}';
  }),
  'mcp.sequence': eventsOf('gives a call the index of another item', 'response.mcp_call.in_progress', (event) => {
    event.output_index += 1;
  }),
  'mcp.error': json("hides a tool's error", responsePost, ({ output }) => {
    for (const item of listOf(output)) if (item.type === 'mcp_call') item.error = null;
  }),
  'mcp.unreachable': accept('answers without the tools of a server that is down', responsePost, {
    status: 'completed',
    output: [],
  }),
  'mcp.allowed': tools('ignores allowed_tools', (tool) => delete tool.allowed_tools),
  'mcp.headers': tools('drops the headers', (tool) => {
    delete tool.headers;
    delete tool.authorization;
  }),
  'mcp.secrets': json('echoes the tools as sent', responsePost, (body, request) => {
    body.tools = request.body.tools;
  }),
  'mcp.stored': json('stores no calls', responseGet, (body) => dropItems(body, 'mcp_call')),
  'mcp.chain': json('lists the tools in every turn', responsePost, (body) => {
    const list = { type: 'mcp_list_tools', id: 'mcpl_again', server_label: 'verify', tools: [] };
    if (body.previous_response_id) body.output.unshift(list);
  }),
  'mcp.max-calls': ignore('ignores max_tool_calls', responsePost, 'max_tool_calls'),

  'approvals.ask': tools('runs calls without approval', (tool) => {
    tool.require_approval = 'never';
  }),
  'approvals.stored': json('forgets its requests', responseGet, (body) => dropItems(body, 'mcp_approval_request')),
  'approvals.approve': answers('treats every answer as a denial', (item) => {
    item.approve = false;
  }),
  'approvals.resent': refuse('refuses requests that are sent back', responsePost, ({ input }) =>
    listOf(input).some(({ type }) => type === 'mcp_approval_request'),
  ),
  'approvals.deny': answers('runs denied calls', (item) => {
    item.approve = true;
  }),
  'approvals.pending': approvesByItself(),
  'approvals.twice': accept('accepts a second answer', responsePost),
  'approvals.changed': accept('accepts changed arguments', responsePost),
  'approvals.unknown': accept('accepts answers to anything', responsePost),
  'approvals.by-tool': tools('asks for every call', (tool) => {
    if (typeof tool.require_approval === 'object') tool.require_approval = 'always';
  }),
  'approvals.tenant': shared('lets every tenant approve', responsePost),
};

/** Approves an open request as soon as the conversation goes on. */
function approvesByItself(): Breakage {
  return {
    does: 'treats silence as approval',
    hooks: () => {
      let waiting: { approval_request_id: string; tools: unknown } | undefined;
      return {
        answers: (request) => fits(responsePost, request),
        answer: (reply, request) => {
          const { output } = JSON.parse(reply.text);
          const asked = listOf(output).find(({ type }) => type === 'mcp_approval_request');
          if (asked) waiting = { approval_request_id: asked.id, tools: request.body.tools };
        },
        ask: (request) => {
          if (!waiting || !request.body?.previous_response_id) return undefined;
          const { approval_request_id, tools: offered } = waiting;
          request.body.tools = offered;
          request.body.input = [{ type: 'mcp_approval_response', approval_request_id, approve: true }];
          return undefined;
        },
      };
    },
  };
}
