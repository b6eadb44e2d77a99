import { isResponseId, type ResponseId } from '../ids.ts';
import type { HistoryBounds } from '../store/history-bounds.ts';
import type { StoredHistory, StoredResponse, StoredTurn } from '../store/response-store.ts';
import type { Lane } from './lanes.ts';
import type { TenantBytes } from './shared-bytes.ts';

export interface LocalResponsesOptions {
  /** The most responses. */
  responses: number;
  /** The most JSON characters of all their histories. */
  characters: number;
  /** Bounds the turns of all connections of the tenant. A turn shared by several histories counts once. */
  tenantBytes: TenantBytes;
}

/** The history of a response and its length as JSON. */
interface Entry {
  history: StoredHistory;
  /** The lane that the response ran in. */
  lane: Lane;
  characters: number;
}

interface TurnUse {
  /** The number of histories that contain the turn. */
  uses: number;
  characters: number;
}

/**
 * The most recent responses of one connection that are not stored (`store: false`). Each holds its complete history, so
 * evicting one does not break the chain of another. Histories share their turns.
 */
export class LocalResponses {
  readonly #options: LocalResponsesOptions;
  /** Least recently used first. */
  readonly #entries = new Map<string, Entry>();
  readonly #turns = new Map<StoredTurn, TurnUse>();
  #characters = 0;
  /** JSON characters of the distinct turns. */
  #turnCharacters = 0;
  /** How many of them are reserved in `tenantBytes`. */
  #reserved = 0;
  #isClosed = false;

  constructor(options: LocalResponsesOptions) {
    this.#options = options;
  }

  /**
   * Returns a history and marks it as most recently used. A history beyond the bounds has no turns, it is never cut.
   */
  history(
    id: ResponseId,
    { bytes = Number.POSITIVE_INFINITY }: Partial<HistoryBounds> = {},
  ): StoredHistory | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return entry.characters > bytes ? { ...entry.history, turns: [], limited: 'too-long' } : entry.history;
  }

  /** Adds a response. `parent`: the history that it continues. */
  add(
    { id, sessionId, resource, input, output }: StoredResponse,
    parent: StoredHistory | undefined,
    lane?: Lane,
  ): void {
    // The turn may end after its connection.
    if (this.#isClosed) return;
    const { instructions = null, status = null, agent_state: agentState } = resource;
    const turns = [...(parent?.turns ?? []), { id, input, output }];
    const characters = turns.reduce((sum, turn) => sum + this.#use(turn), 0);
    this.#entries.set(id, { history: { sessionId, instructions, status, agentState, turns }, lane, characters });
    this.#characters += characters;
    this.#evict();
  }

  /** Removes a response of this lane. Accepts any text, because clients send unknown ids. */
  forget(id: string, lane?: Lane): void {
    // A turn in another lane is a branch: it leaves the response to its own lane.
    if (!isResponseId(id) || this.#entries.get(id)?.lane !== lane) return;
    this.#drop(id);
    this.#reserve();
  }

  /** Removes all responses and ignores later ones. */
  close(): void {
    this.#isClosed = true;
    for (const id of this.#entries.keys()) this.#drop(id);
    this.#reserve();
  }

  #drop(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    this.#characters -= entry.characters;
    for (const turn of entry.history.turns) this.#release(turn);
  }

  /** Counts a use of a turn and returns its length. */
  #use(turn: StoredTurn): number {
    const entry = this.#turns.get(turn);
    if (entry) {
      entry.uses += 1;
      return entry.characters;
    }
    const { length } = JSON.stringify(turn);
    this.#turns.set(turn, { uses: 1, characters: length });
    this.#turnCharacters += length;
    return length;
  }

  #release(turn: StoredTurn): void {
    const entry = this.#turns.get(turn);
    if (!entry) return;
    entry.uses -= 1;
    if (entry.uses > 0) return;
    this.#turns.delete(turn);
    this.#turnCharacters -= entry.characters;
  }

  #evict(): void {
    const { responses, characters } = this.#options;
    for (const id of this.#entries.keys()) {
      if (this.#entries.size <= responses && this.#characters <= characters && this.#reserve()) return;
      this.#drop(id);
    }
    this.#reserve();
  }

  /** Reserves the bytes of the turns. `false`: the tenant exceeds its bound. */
  #reserve(): boolean {
    const more = this.#turnCharacters - this.#reserved;
    if (more > 0 && !this.#options.tenantBytes.reserve(more)) return false;
    if (more < 0) this.#options.tenantBytes.release(-more);
    this.#reserved = this.#turnCharacters;
    return true;
  }
}
