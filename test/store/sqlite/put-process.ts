import { type ConversationId, isResponseId, type ResponseId } from '../../../src/ids.ts';
import { StoreProcess } from './store-process.ts';

const putChain = import.meta.resolve('./children/put-chain.ts');

/** Another process that puts a chain into a file, or the turns of a conversation. */
export class PutProcess extends StoreProcess {
  constructor(file: string, length: number, conversationId?: ConversationId) {
    super(putChain, [file, `${length}`, ...(conversationId ? [conversationId] : [])]);
  }

  /** Returns the acknowledged ids, up to a number or the end of the process. */
  async acknowledged(atMost = Number.POSITIVE_INFINITY): Promise<ResponseId[]> {
    const ids: ResponseId[] = [];
    while (ids.length < atMost) {
      const line = await this.nextLine();
      if (line === undefined) break;
      if (isResponseId(line)) ids.push(line);
    }
    return ids;
  }
}
