import type { EncryptedReasoning } from '../../agent/agent-client.ts';
import { type KeptFields, keepFields } from '../../items/kept-fields.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { OutputItem } from '../responses-deps.ts';

/** The kept fields of items, by item id. */
export type KeptItems = Readonly<Record<string, KeptFields>>;

/** Data that later turns need and the client did not ask for. It is stored, and never sent. */
export class KeptState {
  readonly #items = new Map<string, KeptFields>();
  /** The fields that the journal lacks. */
  #unwritten: Record<string, KeptFields> | undefined;
  agentState: string | undefined;

  /** `written`: the fields that the journal has. */
  constructor(written: KeptItems = {}) {
    for (const [id, fields] of Object.entries(written)) this.#items.set(id, fields);
  }

  /** Keeps fields of an item. */
  keep(id: string, fields: KeptFields): void {
    const all = { ...this.#items.get(id), ...fields };
    this.#items.set(id, all);
    this.#unwritten ??= {};
    this.#unwritten[id] = all;
  }

  encrypt(id: string, encrypted: EncryptedReasoning): void {
    this.keep(id, { agent_encrypted: encrypted });
  }

  /** Returns the fields that were kept since the last call. */
  takeUnwritten(): KeptItems | undefined {
    const unwritten = this.#unwritten;
    this.#unwritten = undefined;
    return unwritten;
  }

  /** Returns the output as it is stored. */
  toStoredOutput(output: OutputItem[]): StoredItem[] {
    if (this.#items.size === 0) return output;
    return output.map((item) => keepFields(item, this.#items.get(item.id)));
  }
}
