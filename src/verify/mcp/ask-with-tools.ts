import { createResponse, responseFields, streamResponse } from '../create-response.ts';
import { expectOk } from '../expect-status.ts';
import { Failure, Inconclusive, Skipped, Unsupported } from '../outcomes.ts';
import { type StreamReply, terminalOf } from '../read-events.ts';
import { at, expectThat, listAt, ofType, textAt } from '../read-json.ts';
import type { Reply, Session } from '../session.ts';
import { readTool, writeTool } from './answer-rpc.ts';
import type { ToolEndpoint } from './tool-server.ts';

/** The label of the MCP server. */
export const label = 'verify';
export const place = { city: 'Paris' };
const note = { text: 'Buy milk.' };

/** Offers the endpoint's tools, without approval unless `fields` asks for it. */
export const mcpTool = (endpoint: ToolEndpoint, fields: object = {}): object => ({
  type: 'mcp',
  server_label: label,
  server_url: endpoint.url,
  require_approval: 'never',
  ...fields,
});

export const askToRead = (session: Session): string => session.target.prompts.callTool(label, readTool.name, place);
export const askToWrite = (session: Session): string => session.target.prompts.callTool(label, writeTool.name, note);

/** Creates a response that may call the endpoint's tools. Skips the audit when the server cannot reach the endpoint. */
export function createWithTools(session: Session, endpoint: ToolEndpoint, fields: object): Promise<Reply> {
  return reaching(session, endpoint, async () => {
    const reply = await createResponse(session, fields);
    expectContact(endpoint, reply.body);
    return reply;
  });
}

/** Streams such a response to its end. */
export function streamWithTools(session: Session, endpoint: ToolEndpoint, fields: object): Promise<StreamReply> {
  return reaching(session, endpoint, async () => {
    const stream = await streamResponse(session, fields);
    expectContact(endpoint, at(terminalOf(stream.events).value, 'response'));
    return stream;
  });
}

/** Sends a request that must be refused, without calling a tool. */
export async function expectNoRun(
  session: Session,
  endpoint: ToolEndpoint,
  fields: object,
  key = session.target.key,
): Promise<void> {
  const before = endpoint.calls.length;
  const reply = await session.send('POST', '/responses', { body: responseFields(session, fields), key });
  expectThat(endpoint.calls.length === before, 'the tool ran');
  if (reply.status >= 400 && reply.status < 500) return;
  await expectOk(session, reply);
  throw new Failure('the request is accepted (200), not refused');
}

/** Returns the calls of MCP tools in a response. Inconclusive when the model made none. */
export function mcpCalls(response: unknown): unknown[] {
  const calls = ofType(listAt(response, 'output'), 'mcp_call');
  if (calls.length === 0) throw new Inconclusive('the model called no MCP tool');
  return calls;
}

/** Returns the approval request of a response. Inconclusive when the model wanted no call. */
export function approvalRequest(response: unknown, endpoint: ToolEndpoint): unknown {
  expectThat(endpoint.calls.length === 0, 'the tool ran before its call was approved');
  const [request] = ofType(listAt(response, 'output'), 'mcp_approval_request');
  if (request === undefined) throw new Inconclusive('the model called no MCP tool');
  return request;
}

/** Answers an approval request. */
export const toAnswer = (request: unknown, approve: boolean): object => ({
  type: 'mcp_approval_response',
  approval_request_id: textAt(request, 'id'),
  approve,
});

/** Asks for a call that needs approval. Returns the response and its request. */
export async function askForApproval(session: Session, endpoint: ToolEndpoint, fields: object = {}) {
  const tools = [mcpTool(endpoint, { require_approval: 'always' })];
  const { body } = await createWithTools(session, endpoint, {
    input: askToWrite(session),
    tools,
    store: true,
    ...fields,
  });
  return { response: body, request: approvalRequest(body, endpoint), tools };
}

/** Runs a request. Skips the audit when it is refused before the endpoint was contacted. */
async function reaching<T>(session: Session, endpoint: ToolEndpoint, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (reason) {
    const status = session.evidence?.status ?? 0;
    if (!(reason instanceof Failure) || endpoint.requests > 0 || status < 400 || status >= 500) throw reason;
    throw new Skipped(`the server refuses an MCP server at ${new URL(endpoint.url).host}: ${reason.message}`);
  }
}

function expectContact(endpoint: ToolEndpoint, response: unknown): void {
  if (endpoint.requests > 0) return;
  const [list] = ofType(listAt(response, 'output'), 'mcp_list_tools');
  const error = at(list, 'error') ?? at(response, 'error.message');
  if (error != null) throw new Skipped(`the server cannot reach ${new URL(endpoint.url).host}: ${error}`);
  throw new Unsupported('the server ignores tools of type mcp');
}
