import { chatFields, createChat, streamChat, toolCalls, user } from './create-chat.ts';
import { createResponse, functionCalls, streamResponse } from './create-response.ts';
import { excuseModel, tokenLimit } from './excuse-model.ts';
import { Inconclusive } from './outcomes.ts';
import { type StreamReply, terminalOf } from './read-events.ts';
import { at } from './read-json.ts';
import type { Reply, Session } from './session.ts';

/** The id of a response that doesn't exist. */
export const unknownId = `resp_${'0'.repeat(32)}`;

export const parameters = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
export const sentence = 'The quick brown fox jumps over the lazy dog.';
export const paris = { city: 'Paris' };

const description = 'Tells the weather of a city.';
export const weatherTool = { type: 'function', name: 'get_weather', description, parameters, strict: true };
export const chatWeatherTool = {
  type: 'function',
  function: { name: 'get_weather', description, parameters, strict: true },
};

/** A function that must not be called. */
export const otherTool = { ...weatherTool, name: 'send_mail', description: 'Sends a mail to a city.' };

const ask = (session: Session) => ({ input: session.target.prompts.say(sentence) });
const askChat = (session: Session) => ({ messages: [user(session.target.prompts.say(sentence))] });
const forced = (session: Session) => ({
  input: session.target.prompts.call('get_weather', paris),
  tools: [weatherTool],
  tool_choice: 'required',
});

/** Exchanges shared by several audits. */
export const plainResponse = (session: Session): Promise<Reply> =>
  session.sample('plain response', (own) => createResponse(own, ask(own)));

export const textStream = (session: Session): Promise<StreamReply> =>
  session.sample('text stream', (own) => streamResponse(own, ask(own)));

export const callResponse = (session: Session): Promise<Reply> =>
  session.sample('call response', async (own) => {
    const reply = await excuseModel(own, () => createResponse(own, forced(own)));
    functionCalls(reply.body);
    return reply;
  });

export const callStream = (session: Session): Promise<StreamReply> =>
  session.sample('call stream', async (own) => {
    const stream = await excuseModel(own, () => streamResponse(own, forced(own)));
    functionCalls(at(terminalOf(stream.events).value, 'response'));
    return stream;
  });

/** A response truncated by its token limit. */
export const cutResponse = (session: Session): Promise<Reply> =>
  session.sample('cut response', (own) =>
    createResponse(own, { input: own.target.prompts.count(), max_output_tokens: tokenLimit }),
  );

export const plainChat = (session: Session): Promise<Reply> =>
  session.sample('plain chat', (own) => createChat(own, askChat(own)));

export const chatStream = (session: Session): Promise<StreamReply> =>
  session.sample('chat stream', (own) => streamChat(own, { ...askChat(own), stream_options: { include_usage: true } }));

const forcedChat = (session: Session) => ({
  messages: [user(session.target.prompts.call('get_weather', paris))],
  tools: [chatWeatherTool],
  tool_choice: 'required',
});

export const chatCall = (session: Session): Promise<Reply> =>
  session.sample('chat call', async (own) => {
    const reply = await excuseModel(own, () => createChat(own, forcedChat(own)));
    toolCalls(reply.body);
    return reply;
  });

export const chatCallStream = (session: Session): Promise<StreamReply> =>
  session.sample('chat call stream', async (own) => {
    const stream = await excuseModel(own, () => streamChat(own, forcedChat(own)));
    if (!stream.text.includes('"tool_calls"')) throw new Inconclusive('the model made no call');
    return stream;
  });

/** A request refused before anything runs. */
export const refusedChat = (session: Session): Promise<Reply> =>
  session.sample('refused chat', (own) =>
    own.send('POST', '/chat/completions', { body: chatFields(own, { messages: 'Hello' }) }),
  );
