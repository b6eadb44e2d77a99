import { expectOk } from './expect-status.ts';
import { Inconclusive } from './outcomes.ts';
import { type StreamReply, toStreamReply } from './read-events.ts';
import { at, listAt } from './read-json.ts';
import type { Reply, SendOptions, Session } from './session.ts';

export const user = (content: unknown): object => ({ role: 'user', content });

export function chatFields(session: Session, fields: object): object {
  return { model: session.target.model, ...fields };
}

/** Creates a chat completion. Throws unless the status is 200. */
export async function createChat(session: Session, fields: object, options: SendOptions = {}): Promise<Reply> {
  const reply = await session.send('POST', '/chat/completions', { body: chatFields(session, fields), ...options });
  return expectOk(session, reply);
}

/** Creates it as a stream and reads the stream to its end. */
export async function streamChat(session: Session, fields: object): Promise<StreamReply> {
  const body = chatFields(session, { stream: true, ...fields });
  return toStreamReply(await expectOk(session, await session.send('POST', '/chat/completions', { body })));
}

/** Returns the tool calls of a completion. Throws Inconclusive for fewer than `atLeast`. */
export function toolCalls(completion: unknown, atLeast = 1): unknown[] {
  const place = 'choices[0].message.tool_calls';
  const calls = at(completion, place) == null ? [] : listAt(completion, place);
  if (calls.length < atLeast) throw new Inconclusive(`the model made ${calls.length} calls instead of ${atLeast}`);
  return calls;
}

/** Returns the chunk choices of one index, in order. */
export function chunkChoices({ events }: StreamReply, index = 0): unknown[] {
  const choices = events.flatMap(({ value }) => (Array.isArray(at(value, 'choices')) ? listAt(value, 'choices') : []));
  return choices.filter((choice) => at(choice, 'index') === index);
}

/**
 * Returns the finish reasons of chunk choices. An empty delta after the last one, as some servers add usage to, has
 * none.
 */
export const finishReasons = (choices: readonly unknown[]): unknown[] =>
  choices.map((choice) => at(choice, 'finish_reason') ?? null).filter((reason) => reason !== null);

/** Concatenates one field of the deltas. */
export function joinDeltas(choices: readonly unknown[], field = 'content'): string {
  return choices
    .map((choice) => at(choice, `delta.${field}`))
    .filter((piece) => typeof piece === 'string')
    .join('');
}
