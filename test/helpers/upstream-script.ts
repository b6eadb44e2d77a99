/**
 * Parses the test upstream's script from the last user message. `upstream.ts` documents the commands.
 */

type Delta = Record<string, unknown>;

export interface UpstreamScript {
  /** An HTTP error instead of an answer. */
  refusal?: { status: number; retryAfter?: string; html: boolean; times: number };
  /** Answers with one JSON completion although a stream was asked for. */
  json: boolean;
  deltas: Delta[];
  delayMs: number;
  finishReason: string;
  /** How the stream ends. `hang` before any delta sends no headers either. */
  ending: 'done' | 'break' | 'end' | 'error' | 'hang';
  /** Whether nothing is sent at all. */
  silent: boolean;
  usage: boolean;
}

interface ChatMessage {
  role: string;
  content: unknown;
}

export function toUpstreamScript(messages: ChatMessage[]): UpstreamScript {
  const script: UpstreamScript = {
    json: false,
    deltas: [],
    delayMs: 0,
    finishReason: 'stop',
    ending: 'done',
    silent: false,
    usage: true,
  };
  const last = messages.at(-1);
  if (last?.role === 'tool') {
    sayText(script, `The tool said: ${toText(last.content)}`);
    return script;
  }
  const text = toText(last?.content);
  const rest = text.split('\n').filter((line) => !applyLine(script, line.trim()));
  const scripted = rest.length < text.split('\n').length;
  if (!scripted) sayText(script, `You said: ${text} (${messages.length} messages${countImages(last?.content)})`);
  else if (rest.length > 0) sayText(script, rest.join('\n'));
  else if (script.deltas.length === 0 && !script.silent) sayText(script, 'Scripted.');
  return script;
}

/** The texts of a message's parts, joined by newlines. */
export function toText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.flatMap((part) => (typeof part?.text === 'string' ? [part.text] : [])).join('\n');
}

function countImages(content: unknown): string {
  const images = Array.isArray(content) ? content.filter((part) => part?.type === 'image_url').length : 0;
  return images === 0 ? '' : `, ${images} images`;
}

const commands: [RegExp, (script: UpstreamScript, match: string[]) => void][] = [
  [/^say (.+)$/, (script, [, text = '']) => sayText(script, text)],
  [/^reason (.+)$/, (script, [, text = '']) => pushWords(script, 'reasoning_content', text)],
  [/^refuse (.+)$/, (script, [, text = '']) => pushWords(script, 'refusal', text)],
  [/^tool (\S+) (.*)$/, (script, [, name = '', text = '']) => pushToolCall(script, name, text)],
  [
    /^slow (\d+)x(\d+)ms$/,
    (script, [, count, delay]) => {
      script.delayMs = Number(delay);
      pushTokens(script, Number(count));
    },
  ],
  [
    /^flood (\d+)x(\d+)$/,
    (script, [, count, size]) => {
      const content = 'x'.repeat(Number(size));
      for (let index = 0; index < Number(count); index++) script.deltas.push({ content });
    },
  ],
  [
    /^(break|end|error|hang) after (\d+)$/,
    (script, [, ending, count]) => {
      if (script.deltas.length === 0) pushTokens(script, Number(count));
      script.deltas.length = Math.min(script.deltas.length, Number(count));
      if (ending === 'break' || ending === 'end' || ending === 'error' || ending === 'hang') script.ending = ending;
    },
  ],
  [
    /^hang$/,
    (script) => {
      script.ending = 'hang';
      script.silent = true;
    },
  ],
  [/^finish (\S+)$/, (script, [, reason = 'stop']) => setFinishReason(script, reason)],
  [
    /^json$/,
    (script) => {
      script.json = true;
    },
  ],
  [
    /^no usage$/,
    (script) => {
      script.usage = false;
    },
  ],
  [
    /^status (\d{3})( html)?(?: retry-after ([^;]+?))?(?: times (\d+))?$/,
    (script, [, status, html, retryAfter, times]) => {
      script.refusal = {
        status: Number(status),
        html: html !== undefined,
        times: times === undefined ? Number.POSITIVE_INFINITY : Number(times),
        ...(retryAfter === undefined ? {} : { retryAfter }),
      };
    },
  ],
];

function applyLine(script: UpstreamScript, line: string): boolean {
  for (const [pattern, apply] of commands) {
    const match = pattern.exec(line);
    if (match === null) continue;
    apply(script, match);
    return true;
  }
  return false;
}

function sayText(script: UpstreamScript, text: string): void {
  pushWords(script, 'content', text);
}

/** Adds one delta per word with its leading whitespace, so that the joined deltas equal the text. */
function pushWords(script: UpstreamScript, field: string, text: string): void {
  for (const word of text.match(/\s*\S+\s*$|\s*\S+/g) ?? []) script.deltas.push({ [field]: word });
}

function pushTokens(script: UpstreamScript, count: number): void {
  for (let index = 1; index <= count; index++) script.deltas.push({ content: `token${index} ` });
}

function pushToolCall(script: UpstreamScript, name: string, text: string): void {
  const earlier = script.deltas.filter((delta) => JSON.stringify(delta).includes('"id":"call_up_')).length;
  const call = { index: earlier, id: `call_up_${earlier + 1}`, type: 'function', function: { name, arguments: '' } };
  script.deltas.push({ tool_calls: [call] });
  for (const piece of text.match(/.{1,5}/g) ?? []) {
    script.deltas.push({ tool_calls: [{ index: earlier, function: { arguments: piece } }] });
  }
  setFinishReason(script, 'tool_calls');
}

function setFinishReason(script: UpstreamScript, reason: string): void {
  script.finishReason = reason;
}
