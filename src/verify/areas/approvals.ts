import { isObject } from '../../json/is-object.ts';
import type { Area } from '../audit.ts';
import { createResponse, outputText, responseFields } from '../create-response.ts';
import { expectOk } from '../expect-status.ts';
import { readTool, results, writeTool } from '../mcp/answer-rpc.ts';
import {
  approvalRequest,
  askForApproval,
  askToRead,
  askToWrite,
  createWithTools,
  expectNoRun,
  label,
  mcpCalls,
  mcpTool,
  streamWithTools,
  toAnswer,
} from '../mcp/ask-with-tools.ts';
import { Skipped } from '../outcomes.ts';
import { eventsOf, terminalOf } from '../read-events.ts';
import { at, expectEqual, expectSame, expectThat, listAt, ofType, parseJson, textAt } from '../read-json.ts';

const reference = 'OpenAI API reference: MCP tools, approvals';
const once = 'an approval is for one call: a client that retries, or is attacked, must not run it again';

export const approvals: Area = {
  name: 'approvals',
  title: 'Approvals',
  audits: [
    {
      id: 'approvals.ask',
      title: 'asks for approval by default, before the tool runs',
      level: 'MUST',
      clause: `${reference}, require_approval`,
      async run(session) {
        const endpoint = await session.openTools();
        // Removes the field: the default is what is audited.
        const tools = [mcpTool(endpoint, { require_approval: undefined })];
        const { events } = await streamWithTools(session, endpoint, { input: askToWrite(session), tools });
        const response = at(terminalOf(events).value, 'response');
        const request = approvalRequest(response, endpoint);
        expectEqual(response, 'status', 'completed');
        expectEqual(request, 'server_label', label);
        expectEqual(request, 'name', writeTool.name);
        parseJson(textAt(request, 'arguments'), 'arguments');
        const isOwn = ({ value }: { value: unknown }) => at(value, 'item.id') === at(request, 'id');
        for (const type of ['response.output_item.added', 'response.output_item.done']) {
          expectThat(eventsOf(events, type).some(isOwn), `the stream has no ${type} for the request`);
        }
      },
    },
    {
      id: 'approvals.stored',
      title: 'keeps the request in the stored response',
      level: 'MUST',
      clause: 'OpenAI API reference: retrieve a response; a person may answer much later',
      async run(session) {
        const endpoint = await session.openTools();
        const { response, request } = await askForApproval(session, endpoint);
        const stored = await session.send('GET', `/responses/${textAt(response, 'id')}`);
        const [found] = ofType(listAt(stored.body, 'output'), 'mcp_approval_request');
        expectSame({ found }, 'found', request);
      },
    },
    {
      id: 'approvals.approve',
      title: 'runs an approved call once, with the arguments that were shown',
      level: 'MUST',
      clause: `${reference}, mcp_approval_response`,
      async run(session) {
        const endpoint = await session.openTools();
        const { response, request, tools } = await askForApproval(session, endpoint);
        const fields = { input: [toAnswer(request, true)], tools, previous_response_id: textAt(response, 'id') };
        const { body } = await createResponse(session, fields);
        expectThat(endpoint.calls.length === 1, `the tool ran ${endpoint.calls.length} times, not once`);
        const shown = parseJson(textAt(request, 'arguments'), 'arguments');
        expectEqual(endpoint.calls[0], 'arguments', shown);
        const [call] = mcpCalls(body);
        expectEqual(call, 'approval_request_id', at(request, 'id'));
        expectThat(
          textAt(call, 'output').includes(results[writeTool.name] ?? ''),
          'the output is not the result',
          'output',
        );
        expectEqual(body, 'status', 'completed');
      },
    },
    {
      id: 'approvals.resent',
      title: 'accepts the answer beside the request when the client sends the whole history',
      level: 'MUST',
      clause: `${reference}; the Agents SDK sends it this way`,
      async run(session) {
        const endpoint = await session.openTools();
        const { response, request, tools } = await askForApproval(session, endpoint, { store: false });
        const prompt = { role: 'user', content: askToWrite(session) };
        const input = [prompt, ...listAt(response, 'output'), toAnswer(request, true)];
        await createResponse(session, { input, tools });
        expectThat(endpoint.calls.length === 1, `the tool ran ${endpoint.calls.length} times, not once`);
      },
    },
    {
      id: 'approvals.deny',
      title: 'runs no denied call, and lets the model answer',
      level: 'MUST',
      clause: `${reference}, approve: false`,
      async run(session) {
        const endpoint = await session.openTools();
        const { response, request, tools } = await askForApproval(session, endpoint);
        const answer = { ...toAnswer(request, false), reason: 'Not today.' };
        const fields = { input: [answer], tools, previous_response_id: textAt(response, 'id') };
        const { body } = await createResponse(session, fields);
        expectThat(endpoint.calls.length === 0, 'the tool ran');
        expectEqual(body, 'status', 'completed');
        if (session.target.prompts.exact) {
          expectThat(outputText(body).includes('Not today.'), 'the model does not read the reason', 'output');
        }
      },
    },
    {
      id: 'approvals.pending',
      title: 'runs no call whose approval is still open when the conversation continues',
      level: 'MUST',
      clause: `${reference}: a call without an answer is not approved`,
      async run(session) {
        const endpoint = await session.openTools();
        const { response } = await askForApproval(session, endpoint);
        const input = session.target.prompts.say('Later.');
        const fields = { input, previous_response_id: textAt(response, 'id') };
        const reply = await session.send('POST', '/responses', { body: responseFields(session, fields) });
        expectThat(endpoint.calls.length === 0, 'the tool ran');
        if (reply.status === 400) return session.note('a turn without the answer is refused (400)');
        await expectOk(session, reply);
      },
    },
    {
      id: 'approvals.twice',
      title: 'refuses an answer that was sent before, and does not run the call again',
      level: 'MUST',
      clause: once,
      async run(session) {
        const endpoint = await session.openTools();
        const { response, request, tools } = await askForApproval(session, endpoint);
        const fields = { input: [toAnswer(request, true)], tools, previous_response_id: textAt(response, 'id') };
        await createResponse(session, fields);
        await expectNoRun(session, endpoint, fields);
      },
    },
    {
      id: 'approvals.changed',
      title: 'refuses the approval of a request whose arguments were changed',
      level: 'MUST',
      clause: 'an approval is for the call that the person saw',
      async run(session) {
        const endpoint = await session.openTools();
        const { response, request, tools } = await askForApproval(session, endpoint, { store: false });
        const changed = JSON.stringify({ text: 'Something else.' });
        const output = listAt(response, 'output').map((item) =>
          isObject(item) && item === request ? { ...item, arguments: changed } : item,
        );
        const prompt = { role: 'user', content: askToWrite(session) };
        await expectNoRun(session, endpoint, { input: [prompt, ...output, toAnswer(request, true)], tools });
      },
    },
    {
      id: 'approvals.unknown',
      title: 'refuses the answer to a request that does not exist',
      level: 'MUST',
      clause: `${reference}, approval_request_id`,
      async run(session) {
        const endpoint = await session.openTools();
        const { response, tools } = await askForApproval(session, endpoint);
        const unknown = { id: `mcpr_${'0'.repeat(32)}` };
        const fields = { input: [toAnswer(unknown, true)], tools, previous_response_id: textAt(response, 'id') };
        await expectNoRun(session, endpoint, fields);
      },
    },
    {
      id: 'approvals.by-tool',
      title: 'asks by tool when require_approval names tools',
      level: 'MUST',
      clause: `${reference}, require_approval.never.tool_names`,
      async run(session) {
        const endpoint = await session.openTools();
        const tools = [mcpTool(endpoint, { require_approval: { never: { tool_names: [readTool.name] } } })];
        const asked = await createWithTools(session, endpoint, { input: askToWrite(session), tools });
        approvalRequest(asked.body, endpoint);
        const { body } = await createWithTools(session, endpoint, { input: askToRead(session), tools });
        const requests = ofType(listAt(body, 'output'), 'mcp_approval_request');
        expectThat(requests.length === 0, `${readTool.name} needs approval`, 'output');
        mcpCalls(body);
      },
    },
    {
      id: 'approvals.tenant',
      title: "refuses another tenant's answer",
      level: 'MUST',
      clause: 'an approval belongs to the tenant whose call it allows',
      async run(session) {
        const { otherKey } = session.target;
        if (otherKey === undefined) throw new Skipped('--other-key is not set');
        const endpoint = await session.openTools();
        const { response, request, tools } = await askForApproval(session, endpoint, { store: false });
        const prompt = { role: 'user', content: askToWrite(session) };
        const input = [prompt, ...listAt(response, 'output'), toAnswer(request, true)];
        await expectNoRun(session, endpoint, { input, tools }, otherKey);
      },
    },
  ],
};
