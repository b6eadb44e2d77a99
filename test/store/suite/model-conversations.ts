import type { ConversationId, ResponseId } from '../../../src/ids.ts';
import type { StoredItem } from '../../../src/store/stored-item.ts';

interface ModelConversation {
  id: ConversationId;
  items: StoredItem[];
}

interface ModelResponse {
  id: ResponseId;
  items: StoredItem[];
  conversation: ModelConversation | undefined;
}

/**
 * A simple model of conversations and items by id. Everything is copied, nothing is shared. Responses have no chains,
 * so a hidden response is removed. The most recently used are last.
 */
export class ModelConversations {
  readonly #maximum: number;
  #conversations: ModelConversation[] = [];
  #responses: ModelResponse[] = [];
  /** All conversations and responses in the order of creation. */
  #made: (ModelConversation | ModelResponse)[] = [];

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  create(id: ConversationId, items: StoredItem[]): void {
    const conversation = { id, items };
    this.#made.push(conversation);
    this.#conversations = [...this.#conversations, conversation].slice(-this.#maximum);
  }

  items(id: ConversationId): StoredItem[] | undefined {
    return this.#use(id)?.items;
  }

  append(id: ConversationId, items: StoredItem[]): boolean {
    const conversation = this.#use(id);
    if (conversation !== undefined) conversation.items = [...conversation.items, ...items];
    return conversation !== undefined;
  }

  deleteItem(id: ConversationId, itemId: string): 'deleted' | 'no-item' | 'no-conversation' {
    const conversation = this.#use(id);
    if (conversation === undefined) return 'no-conversation';
    const left = conversation.items.filter((item) => item.id !== itemId);
    const deleted = left.length < conversation.items.length;
    conversation.items = left;
    return deleted ? 'deleted' : 'no-item';
  }

  delete(id: ConversationId): boolean {
    const before = this.#conversations.length;
    this.#conversations = this.#conversations.filter((conversation) => conversation.id !== id);
    return this.#conversations.length < before;
  }

  put(id: ResponseId, conversationId: ConversationId, items: StoredItem[]): void {
    const existing = this.#responses.find((candidate) => candidate.id === id);
    const response = existing ?? { id, items, conversation: undefined };
    if (existing === undefined) this.#made.push(response);
    response.items = items;
    this.#responses = [...this.#responses.filter((other) => other !== response), response].slice(-this.#maximum);
    if (response.conversation && this.#conversations.includes(response.conversation)) return;
    this.append(conversationId, items);
    response.conversation = this.#conversations.find((conversation) => conversation.id === conversationId);
  }

  deleteResponse(id: ResponseId): boolean {
    const before = this.#responses.length;
    this.#responses = this.#responses.filter((response) => response.id !== id);
    return this.#responses.length < before;
  }

  findItem(id: string): StoredItem | undefined {
    const holds = ({ items }: { items: StoredItem[] }) => items.some((item) => item.id === id);
    const newest = (kept: readonly object[]) => this.#made.findLast((one) => kept.includes(one) && holds(one));
    return (newest(this.#responses) ?? newest(this.#conversations))?.items.findLast((item) => item.id === id);
  }

  #use(id: ConversationId): ModelConversation | undefined {
    const conversation = this.#conversations.find((candidate) => candidate.id === id);
    if (conversation === undefined) return undefined;
    this.#conversations = [...this.#conversations.filter((other) => other !== conversation), conversation];
    return conversation;
  }
}
