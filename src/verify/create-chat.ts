import { expectOk } from './expect-status.ts';
import { Inconclusive } from './outcomes.ts';
import { type StreamReply, toStreamReply } from './read-events.ts';
import { at, listAt } from './read-json.ts';
import type { Reply, SendOptions, Session } from './session.ts';

export const user = (content: unknown): object => ({ role: 'user', content });

export function chatFields(session: Session, fields: object): object {
  return { model: session.target.model, ...fields };
}

/** Creates a chat completion. Throws unless it is answered with 200. */
export async function createChat(session: Session, fields: object, options: SendOptions = {}): Promise<Reply> {
  const reply = await session.send('POST', '/chat/completions', { body: chatFields(session, fields), ...options });
  return expectOk(session, reply);
}

/** The same as a stream, read to its end. */
export async function streamChat(session: Session, fields: object): Promise<StreamReply> {
  const body = chatFields(session, { stream: true, ...fields });
  return toStreamReply(await expectOk(session, await session.send('POST', '/chat/completions', { body })));
}

/** The tool calls of a completion, at least so many. A model that made fewer is Inconclusive. */
export function toolCalls(completion: unknown, atLeast = 1): unknown[] {
  const place = 'choices[0].message.tool_calls';
  const calls = at(completion, place) == null ? [] : listAt(completion, place);
  if (calls.length < atLeast)
    throw new Inconclusive(`the model made ${calls.length} calls where ${atLeast} were asked for`);
  return calls;
}

/** The choices of a stream's chunks, of one index, in order. */
export function chunkChoices({ events }: StreamReply, index = 0): unknown[] {
  const choices = events.flatMap(({ value }) => (Array.isArray(at(value, 'choices')) ? listAt(value, 'choices') : []));
  return choices.filter((choice) => at(choice, 'index') === index);
}

/** The pieces of a field of the deltas, put together. */
export function joinDeltas(choices: readonly unknown[], field = 'content'): string {
  return choices
    .map((choice) => at(choice, `delta.${field}`))
    .filter((piece) => typeof piece === 'string')
    .join('');
}
