import type { ServerResponse } from 'node:http';
import { startUpstream, type Upstream, type UpstreamRequest } from '../helpers/upstream.ts';

type Answer = (request: UpstreamRequest, response: ServerResponse) => boolean | Promise<boolean>;

interface AgentOptions {
  apiKey?: string;
  models?: Record<string, unknown>[];
  /** Answers before all else. */
  answer?: Answer;
}

/**
 * Starts an agent on a socket that does everything right: it refuses an empty request, follows a JSON Schema and calls
 * an offered tool.
 */
export function startAgent({ answer, ...options }: AgentOptions = {}): Promise<Upstream> {
  return startUpstream({
    ...options,
    answer: async (request, response) =>
      (await answer?.(request, response)) === true || answerRight(request, response, options.apiKey),
  });
}

function answerRight(request: UpstreamRequest, response: ServerResponse, apiKey: string | undefined): boolean {
  const { body, headers, path } = request;
  if (path !== '/v1/chat/completions' || (apiKey !== undefined && headers.authorization !== `Bearer ${apiKey}`)) {
    return false;
  }
  if (body.messages === undefined) {
    sendJson(response, 400, { error: { message: "Missing required parameter: 'messages'." } });
    return true;
  }
  if (body.response_format !== undefined) return say(response, { content: '{"greeting":"hello"}' });
  if (body.tools === undefined) return false;
  const call = { id: 'call_1', type: 'function', function: { name: body.tools[0].function.name, arguments: '{}' } };
  return say(response, { content: null, tool_calls: [call] });
}

/** Answers with one JSON completion. */
export function say(response: ServerResponse, message: Record<string, unknown>): true {
  const choices = [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }];
  sendJson(response, 200, { object: 'chat.completion', choices, usage: { total_tokens: 3 } });
  return true;
}

export function sendJson(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  return true;
}
