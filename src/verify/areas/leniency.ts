import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Area } from '../audit.ts';
import { chatFields, createChat, user } from '../create-chat.ts';
import { createResponse, responseFields } from '../create-response.ts';
import { Unsupported } from '../outcomes.ts';
import { expectThat } from '../read-json.ts';
import { weatherTool } from '../samples.ts';
import type { Session } from '../session.ts';

/** SHOULD at most: OpenAI refuses some of these itself. */
const lenient = 'clients send fields of their own, and new SDKs new ones';
const say = (session: Session) => session.target.prompts.say('Hi.');
const message = (session: Session, fields: object = {}) => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text: say(session) }],
  ...fields,
});

export const leniency: Area = {
  name: 'leniency',
  title: 'Requests of real clients',
  audits: [
    {
      id: 'leniency.chat-field',
      title: 'accepts a chat request with an unknown field',
      level: 'SHOULD',
      clause: lenient,
      run: async (session) => {
        await createChat(session, { messages: [user(say(session))], field_of_tomorrow: { a: 1 } });
      },
    },
    {
      id: 'leniency.field',
      title: 'accepts a response request with an unknown field',
      level: 'SHOULD',
      clause: `${lenient}; Codex sends client_metadata`,
      run: async (session) => {
        await createResponse(session, {
          input: say(session),
          client_metadata: { window: 'w-1' },
          field_of_tomorrow: 1,
        });
      },
    },
    {
      id: 'leniency.item-field',
      title: 'accepts input items with unknown fields',
      level: 'SHOULD',
      clause: 'Codex adds internal_chat_message_metadata_passthrough to its items',
      run: async (session) => {
        await createResponse(session, { input: [message(session, { internal_metadata: { turn_id: 't-1' } })] });
      },
    },
    {
      id: 'leniency.item-ids',
      title: 'accepts input items with ids and statuses made by the client',
      level: 'MUST',
      clause: 'Codex gives every item an id; the Agents SDK a status',
      run: async (session) => {
        await createResponse(session, { input: [message(session, { id: 'msg_client_1', status: 'completed' })] });
      },
    },
    {
      id: 'leniency.easy-message',
      title: 'accepts messages without a type, and with a string as content',
      level: 'MUST',
      clause: 'OpenAI API reference: easy input message; the AI SDK sends them',
      run: async (session) => {
        await createResponse(session, { input: [{ role: 'user', content: say(session) }] });
      },
    },
    {
      id: 'leniency.assistant-text',
      title: 'accepts an assistant message whose content is a string',
      level: 'MUST',
      clause: 'AI SDK: {"role": "assistant", "content": "…"}',
      run: async (session) => {
        const input = [user('Hello'), { role: 'assistant', content: 'Hello!' }, user(say(session))];
        await createResponse(session, { input });
      },
    },
    {
      id: 'leniency.empty-text',
      title: 'accepts text: {}',
      level: 'MUST',
      clause: 'LangChain sends it with every call',
      run: async (session) => {
        await createResponse(session, { input: say(session), text: {} });
      },
    },
    {
      id: 'leniency.empty-lists',
      title: 'accepts include: [] and tools: []',
      level: 'MUST',
      clause: 'the Agents SDK sends both',
      run: async (session) => {
        await createResponse(session, { input: say(session), include: [], tools: [] });
      },
    },
    {
      id: 'leniency.nulls',
      title: 'accepts null for unset settings',
      level: 'MUST',
      clause: 'Open Responses: nearly every field of the request may be null',
      run: async (session) => {
        const nulls = { instructions: null, previous_response_id: null, temperature: null, top_p: null };
        await createResponse(session, { input: say(session), ...nulls, metadata: null, max_output_tokens: null });
      },
    },
    {
      id: 'leniency.replayed-reasoning',
      title: 'accepts a reasoning item with fields omitted',
      level: 'SHOULD',
      clause: 'Open Responses L16; Codex and the AI SDK replay reasoning',
      run: async (session) => {
        const reasoning = { type: 'reasoning', id: 'rs_client_1', summary: [] };
        const input = [user('Hello'), reasoning, { role: 'assistant', content: 'Hello!' }, user(say(session))];
        await createResponse(session, { input });
      },
    },
    {
      id: 'leniency.hosted-tool',
      title: 'accepts an unsupported hosted tool next to a function',
      level: 'SHOULD',
      clause: 'Codex always offers web_search',
      run: async (session) => {
        await createResponse(session, { input: say(session), tools: [{ type: 'web_search' }, weatherTool] });
      },
    },
    {
      id: 'leniency.codex',
      title: 'accepts a request as Codex sends it',
      level: 'SHOULD',
      clause: 'Codex CLI 0.169, recorded',
      run: async (session) => {
        await createResponse(session, toCodexRequest(session));
      },
    },
    {
      id: 'leniency.large',
      title: 'accepts a body of half a megabyte',
      level: 'MUST',
      clause: "Codex sends 50 KB in its first turn; Express's own limit of 100 KB breaks it",
      run: async (session) => {
        // Spaces are cheap in tokens.
        const body = `${' '.repeat(512 * 1024)}${JSON.stringify(responseFields(session, { input: say(session) }))}`;
        await createResponse(session, {}, { body });
      },
    },
    {
      id: 'leniency.charset',
      title: 'accepts application/json with a charset',
      level: 'MUST',
      clause: 'RFC 8259, 11; many HTTP clients add it',
      run: async (session) => {
        const headers = { 'content-type': 'application/json; charset=utf-8' };
        await createChat(session, { messages: [user(say(session))] }, { headers });
      },
    },
    {
      id: 'leniency.gzip',
      title: 'accepts a gzip body',
      level: 'SHOULD',
      clause: 'RFC 9110, 8.4',
      run: (session) => sendEncoded(session, 'gzip', gzipSync),
    },
    {
      id: 'leniency.zstd',
      title: 'accepts a zstd body',
      level: 'SHOULD',
      clause: 'Codex sends it to providers it signs in to',
      run: (session) => sendEncoded(session, 'zstd', zstdCompressSync),
    },
    {
      id: 'leniency.chat-cache-key',
      title: 'accepts fields that agents add to a chat: prompt_cache_key, user',
      level: 'MUST',
      clause: 'opencode and Open WebUI send them',
      run: async (session) => {
        const fields = { prompt_cache_key: 'k-1', user: 'u-1' };
        await createChat(session, { messages: [user(say(session))], ...fields });
      },
    },
  ],
};

async function sendEncoded(session: Session, coding: string, encode: (text: string) => Buffer): Promise<void> {
  const body = encode(JSON.stringify(chatFields(session, { messages: [user(say(session))] })));
  const reply = await session.send('POST', '/chat/completions', { body, headers: { 'content-encoding': coding } });
  if (reply.status === 415) throw new Unsupported('the server answers 415');
  expectThat(reply.status === 200, `the status is ${reply.status}, neither 200 nor 415`);
}

/** A Codex turn: a developer message in place of instructions, ids everywhere, several kinds of tools. */
function toCodexRequest(session: Session): object {
  const item = (id: string, role: string, text: string) => ({
    type: 'message',
    id,
    role,
    content: [{ type: 'input_text', text }],
  });
  return responseFields(session, {
    tool_choice: 'auto',
    parallel_tool_calls: true,
    include: ['reasoning.encrypted_content'],
    prompt_cache_key: '0c7e6f0e-verify',
    reasoning: { summary: 'auto' },
    text: { verbosity: 'low' },
    client_metadata: { origin: 'verify' },
    input: [
      item('msg_1', 'developer', 'You are a coding agent.'),
      item('msg_2', 'user', '<environment_context>none</environment_context>'),
      item('msg_3', 'user', say(session)),
    ],
    tools: [
      { ...weatherTool, strict: false },
      { type: 'web_search', external_web_access: false },
    ],
  });
}
