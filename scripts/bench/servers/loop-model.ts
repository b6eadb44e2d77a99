/** A chat upstream that asks for a tool call until the request has `loopSteps` results, in bare `node:http`. */
import { finalText, functionName, loopSteps } from '../loop/loop-script.ts';
import { listen } from './listen.ts';
import { readJson } from './read-json.ts';

const head = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'bench' };
const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };

listen((request, response) => {
  readJson<{ messages?: { role: string }[] }>(request, ({ messages }) => {
    // At its start, a server probes the agent.
    if (!messages) return response.writeHead(400).end();
    const step = messages.filter(({ role }) => role === 'tool').length;
    const isOver = step >= loopSteps;
    const call = { name: functionName, arguments: JSON.stringify({ step }) };
    const delta = isOver
      ? { role: 'assistant', content: finalText }
      : { role: 'assistant', tool_calls: [{ index: 0, id: `call_${step}`, type: 'function', function: call }] };
    const chunks = [
      { ...head, choices: [{ index: 0, delta, finish_reason: null }] },
      { ...head, choices: [{ index: 0, delta: {}, finish_reason: isOver ? 'stop' : 'tool_calls' }] },
      { ...head, choices: [], usage },
    ];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`);
    return undefined;
  });
});
