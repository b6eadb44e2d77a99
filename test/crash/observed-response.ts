import assert from 'node:assert/strict';
import { type Message, toAnswer } from './answer.ts';
import { ObservedStream, type Resource } from './observed-stream.ts';

/** A request for a response. Its last message is the input; the server should remember the others. */
export interface Turn {
  messages: readonly Message[];
  stream: boolean;
  background: boolean;
  previous_response_id?: string;
  conversation?: string;
}

/** A response whose answer depends on the messages that the agent got. */
export class ObservedResponse extends ObservedStream {
  /** The messages that the agent should get: the history and the input. */
  readonly messages: readonly Message[];
  readonly inConversation: boolean;

  constructor(id: string, turn: Turn) {
    super(id);
    this.messages = turn.messages;
    this.inConversation = turn.conversation !== undefined;
    const { messages: _messages, ...how } = turn;
    this.note(`observed, for ${JSON.stringify(how)} at depth ${this.depth}`);
  }

  get depth(): number {
    return this.messages.filter(({ role }) => role === 'user').length;
  }

  get text(): string {
    return this.ended ? textOf(this.ended) : '';
  }

  /** The messages that a response inherits from this one. */
  get continued(): Message[] {
    const answer = this.text === '' ? [] : [{ role: 'assistant' as const, text: this.text }];
    return [...this.messages, ...answer];
  }

  override end(resource: Resource): void {
    super.end(resource);
    const answer = toAnswer(this.messages);
    if (resource.status === 'completed') assert.equal(textOf(resource), answer, 'the agent got other messages');
    for (const text of [textOf(resource), ...cutTextsOf(resource)]) {
      assert.ok(answer.startsWith(text), `"${text}" is not a prefix of "${answer}"`);
    }
  }
}

/** Returns the text of a response, without the replies that a crash cut. */
export const textOf = (resource: Pick<Resource, 'output'>): string =>
  messagesOf(resource)
    .filter(({ phase }) => phase !== 'commentary')
    .map(toText)
    .join('');

/** Returns the texts of the replies that a crash cut. Another server asked for each again. */
const cutTextsOf = (resource: Pick<Resource, 'output'>): string[] =>
  messagesOf(resource)
    .filter(({ phase }) => phase === 'commentary')
    .map(toText);

type OutputMessage = Extract<Resource['output'][number], { type: 'message' }>;

const messagesOf = ({ output }: Pick<Resource, 'output'>): OutputMessage[] =>
  output.filter((item) => item.type === 'message');

const toText = ({ content }: OutputMessage): string =>
  content.map((part) => (part.type === 'output_text' ? part.text : '')).join('');
