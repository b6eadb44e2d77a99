import { isResponseId, type ResponseId } from '../ids.ts';
import type { HistoryBounds } from '../store/history-bounds.ts';
import type { StoredHistory, StoredResponse, StoredTurn } from '../store/response-store.ts';
import type { TenantRoom } from './shared-bytes.ts';

export interface LocalResponsesOptions {
  /** How many are remembered: the most recent. */
  responses: number;
  /** JSON characters of all their histories together. */
  characters: number;
  /** Of the tenant, for what all its connections remember. A turn that histories share counts once. */
  room: TenantRoom;
}

/** What a response can be continued from, and its length as JSON. */
interface Kept {
  history: StoredHistory;
  characters: number;
}

interface KeptTurn {
  /** Histories that it is in. */
  uses: number;
  characters: number;
}

/**
 * The responses of one connection that are in no store (`store: false`): the most recent ones, until the connection
 * ends. Each has its whole history, so that one turn going does not break the chain of another; the turns themselves
 * are shared.
 */
export class LocalResponses {
  readonly #options: LocalResponsesOptions;
  /** The least recently used first. */
  readonly #kept = new Map<string, Kept>();
  readonly #turns = new Map<StoredTurn, KeptTurn>();
  #characters = 0;
  /** JSON characters of all turns, each counted once. */
  #turnCharacters = 0;
  /** Bytes of them that count against the tenant's room. */
  #reserved = 0;
  #isClosed = false;

  constructor(options: LocalResponsesOptions) {
    this.#options = options;
  }

  /** Makes it the most recently used. A history beyond the bounds is never cut here: none of it is given. */
  history(
    id: ResponseId,
    { bytes = Number.POSITIVE_INFINITY }: Partial<HistoryBounds> = {},
  ): StoredHistory | undefined {
    const kept = this.#kept.get(id);
    if (!kept) return undefined;
    this.#kept.delete(id);
    this.#kept.set(id, kept);
    return kept.characters > bytes ? { ...kept.history, turns: [], limited: 'too-long' } : kept.history;
  }

  /** `parent` is the history of the response that this one continues. */
  add({ id, sessionId, resource, input, output }: StoredResponse, parent: StoredHistory | undefined): void {
    // A turn may end after its connection.
    if (this.#isClosed) return;
    const { instructions = null, status = null } = resource;
    const turns = [...(parent?.turns ?? []), { id, input, output }];
    const characters = turns.reduce((sum, turn) => sum + this.#use(turn), 0);
    this.#kept.set(id, { history: { sessionId, instructions, status, turns }, characters });
    this.#characters += characters;
    this.#evict();
  }

  /** Takes any text, since clients name ids that never were. */
  forget(id: string): void {
    this.#drop(id);
    this.#reserve();
  }

  /** Forgets all, and remembers nothing from now on. */
  close(): void {
    this.#isClosed = true;
    for (const id of this.#kept.keys()) this.#drop(id);
    this.#reserve();
  }

  #drop(id: string): void {
    const kept = isResponseId(id) ? this.#kept.get(id) : undefined;
    if (!kept) return;
    this.#kept.delete(id);
    this.#characters -= kept.characters;
    for (const turn of kept.history.turns) this.#release(turn);
  }

  /** Returns the length of the turn. */
  #use(turn: StoredTurn): number {
    const kept = this.#turns.get(turn);
    if (kept) {
      kept.uses += 1;
      return kept.characters;
    }
    const { length } = JSON.stringify(turn);
    this.#turns.set(turn, { uses: 1, characters: length });
    this.#turnCharacters += length;
    return length;
  }

  #release(turn: StoredTurn): void {
    const kept = this.#turns.get(turn);
    if (!kept) return;
    kept.uses -= 1;
    if (kept.uses > 0) return;
    this.#turns.delete(turn);
    this.#turnCharacters -= kept.characters;
  }

  #evict(): void {
    const { responses, characters } = this.#options;
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= responses && this.#characters <= characters && this.#reserve()) return;
      this.#drop(id);
    }
    this.#reserve();
  }

  /** `false`: the room of the tenant has too little for the turns that are kept. */
  #reserve(): boolean {
    const more = this.#turnCharacters - this.#reserved;
    if (more > 0 && !this.#options.room.take(more)) return false;
    if (more < 0) this.#options.room.free(-more);
    this.#reserved = this.#turnCharacters;
    return true;
  }
}
