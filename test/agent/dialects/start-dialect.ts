import type { ServerResponse } from 'node:http';
import { startUpstream, type Upstream } from '../../helpers/upstream.ts';
import { type ChatBody, type Dialect, refuseBrokenCalls } from './dialect.ts';

export interface DialectUpstream extends AsyncDisposable {
  upstream: Upstream;
  /** The refusals so far. */
  readonly refusals: number;
}

/** Starts an upstream on a socket that speaks this dialect. It calls the first tool until it has its output. */
export async function startDialect(dialect: Dialect): Promise<DialectUpstream> {
  let refusals = 0;
  const upstream = await startUpstream({
    answer({ path, body }, response) {
      if (!path.includes('/chat/completions')) return false;
      const refusal = dialect.refuse(body) ?? refuseBrokenCalls(body);
      if (refusal) {
        refusals += 1;
        response.writeHead(refusal.status, { 'content-type': 'application/json' }).end(JSON.stringify(refusal.body));
      } else sendAnswer(response, dialect, body);
      return true;
    },
  });
  return {
    upstream,
    get refusals() {
      return refusals;
    },
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  };
}

function sendAnswer(response: ServerResponse, dialect: Dialect, body: ChatBody): void {
  const { usage, textEnd = 'stop', callsEnd = 'tool_calls', thoughts, preamble = '' } = dialect;
  const isCalling = body.tools !== undefined && body.messages.at(-1).role !== 'tool';
  const finishReason = isCalling ? callsEnd : textEnd;
  const counts = {
    prompt_tokens: 12,
    completion_tokens: 7,
    total_tokens: 19,
    ...(dialect.usageDetails ?? {
      prompt_tokens_details: { cached_tokens: 2 },
      completion_tokens_details: { reasoning_tokens: 3 },
    }),
  };
  if (body.stream !== true) {
    const said = isCalling ? { tool_calls: [toCall(dialect, body)] } : toWholeText(body, dialect);
    const message = { role: 'assistant', content: null, ...(isCalling ? thoughts?.('think') : {}), ...said };
    const choice = { index: 0, message, finish_reason: finishReason };
    const completion = { id: 'c1', object: 'chat.completion', created: 1, model: body.model, choices: [choice] };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...completion, ...toWholeCounts(usage, counts) }));
    return;
  }
  const inChunk = (part: object) => (usage === 'every-chunk' ? { ...part, usage: counts } : part);
  const toChunk = (delta: object, finish: string | null = null) =>
    inChunk({
      id: 'c1',
      object: 'chat.completion.chunk',
      created: 1,
      model: body.model,
      choices: [
        { index: 0, delta, finish_reason: finish, ...(finish && usage === 'in-choice' ? { usage: counts } : {}) },
      ],
    });
  const frames: object[] = [toChunk({ role: 'assistant', content: '' })];
  if (thoughts) frames.push(toChunk(thoughts('think')));
  if (isCalling) frames.push(toChunk({ tool_calls: [toCall(dialect, body)] }));
  else for (const content of toTexts(body)) frames.push(toChunk({ content }));
  const last = toChunk({}, finishReason);
  frames.push({ ...last, ...toLastCounts(usage, counts) });
  if (usage === undefined && body.stream_options?.include_usage)
    frames.push({ ...toChunk({}), choices: [], usage: counts });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`${preamble}${frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join('')}data: [DONE]\n\n`);
}

/** Thoughts may be parts of the content, as the text is then. */
function toWholeText(body: ChatBody, { thoughts }: Dialect): object {
  const text = toTexts(body).join('');
  const thought: { content?: unknown } = thoughts?.('think') ?? {};
  if (!Array.isArray(thought.content)) return { ...thought, content: text };
  return { content: [...thought.content, { type: 'text', text }] };
}

function toWholeCounts(usage: Dialect['usage'], counts: object): object {
  if (usage === 'none') return {};
  return usage === 'timings' ? toLastCounts(usage, counts) : { usage: counts };
}

function toLastCounts(usage: Dialect['usage'], counts: object): object {
  if (usage === 'with-choice') return { usage: counts };
  if (usage === 'x_groq') return { x_groq: { id: 'req_1', usage: counts } };
  return usage === 'timings' ? { timings: { cache_n: 2, prompt_n: 10, predicted_n: 7 } } : {};
}

function toCall({ callFields }: Dialect, { tools }: ChatBody) {
  const { name } = tools[0].function;
  return { index: 0, id: 'call_1', type: 'function', function: { name, arguments: '{"city":"Paris"}' }, ...callFields };
}

/** Returns JSON where it is asked for, in whatever way. */
function toTexts(body: ChatBody): string[] {
  const isFormatted = body.response_format !== undefined || /JSON Schema/.test(JSON.stringify(body.messages));
  return isFormatted ? ['{"city":', '"Paris"}'] : ['It is ', '18 degrees.'];
}
