import { toChainToken, toTokens, type UpstreamModel } from './servers/chat-text.ts';

/** Returns the fault of a reply's text; `undefined` if it is correct. */
export type CheckReply = (text: string) => string | undefined;

interface Choices {
  choices: { message?: { content: string }; delta?: { content?: string } }[];
}

interface ResponseResource {
  status: string;
  output: { content: { text: string }[] }[];
}

/** The fields that the checks read; they vary by `type`. */
interface ResponseEvent {
  type: string;
  delta?: string;
  response?: ResponseResource;
}

export function checkChat(model: UpstreamModel): CheckReply {
  const expected = toTokens(model).join('');
  return (text) => {
    const { choices }: Choices = JSON.parse(text);
    return expectSame('the message', choices[0]?.message?.content, expected);
  };
}

export function checkChatStream(model: UpstreamModel): CheckReply {
  const expected = toTokens(model);
  return (text) => {
    const deltas = toEvents<Choices>(text).map(({ choices }) => choices[0]?.delta?.content ?? '');
    return (
      expectSame('the tokens', deltas.filter((delta) => delta !== '').join('|'), expected.join('|')) ?? expectDone(text)
    );
  };
}

/** Checks a response, and that the upstream received so many messages if the model is `chain`. */
export function checkResponse(model: UpstreamModel, messages?: number): CheckReply {
  const expected = toTokens(model, messages === undefined ? undefined : toChainToken(messages)).join('');
  return (text) => checkResource(JSON.parse(text), expected);
}

export function checkResponseStream(model: UpstreamModel): CheckReply {
  const expected = toTokens(model);
  return (text) => {
    const events = toEvents<ResponseEvent>(text);
    const deltas = events.filter(({ type }) => type === 'response.output_text.delta').map(({ delta }) => delta);
    return (
      expectSame('the tokens', deltas.join('|'), expected.join('|')) ??
      checkResource(events.at(-1)?.response, expected.join('')) ??
      expectDone(text)
    );
  };
}

function checkResource(response: ResponseResource | undefined, expected: string): string | undefined {
  return (
    expectSame('the status', response?.status, 'completed') ??
    expectSame('the message', response?.output[0]?.content[0]?.text, expected)
  );
}

function toEvents<Event>(text: string): Event[] {
  const lines = text.split('\n').filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]');
  return lines.map((line) => JSON.parse(line.slice('data: '.length)));
}

function expectDone(text: string): string | undefined {
  return text.endsWith('data: [DONE]\n\n') ? undefined : `the stream ends with ${text.slice(-100)}`;
}

function expectSame(what: string, actual: string | undefined, expected: string): string | undefined {
  return actual === expected ? undefined : `${what} should be "${expected}" and is "${actual}"`;
}
