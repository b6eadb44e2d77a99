import type { AgentPart } from '../../agent/agent-client.ts';
import { toDenial } from '../../agent/request/to-denial.ts';
import type { Schemas } from '../../contract/types.ts';
import type { StoredApproval } from '../../store/approval-store.ts';
import type { StoredItem } from '../../store/stored-item.ts';

type McpCall = Schemas['McpCall'];

/** The answers that other responses used, by the ids of their approval requests. */
export type UsedAnswers = ReadonlyMap<string, Pick<NonNullable<StoredApproval['answer']>, 'approve' | 'reason'>>;

/** The approval requests of a conversation, with what became of each. */
export class ApprovalRecord {
  readonly #asked = new Set<string>();
  readonly #calls = new Map<string, McpCall>();
  readonly #answers = new Map<string, Schemas['McpApprovalResponse']>();
  readonly #answeredNow: ReadonlySet<string>;
  readonly #used: UsedAnswers;

  /** `answeredNow`: the requests that this turn answers. Their results are not known yet. */
  constructor(items: readonly StoredItem[], answeredNow: ReadonlySet<string>, used: UsedAnswers = new Map()) {
    this.#answeredNow = answeredNow;
    this.#used = used;
    for (const item of items) this.#add(item);
  }

  /** The requests whose call may have run in a response that is not part of the conversation. */
  get unsettled(): string[] {
    return [...this.#asked].filter(
      (id) => !this.#answeredNow.has(id) && !this.#calls.has(id) && this.#answers.get(id)?.approve !== false,
    );
  }

  hasAsked(id: string | null | undefined): boolean {
    return this.#asked.has(id ?? '');
  }

  isAnsweredNow(id: string): boolean {
    return this.#answeredNow.has(id);
  }

  /** Returns what the model reads as the result of the call of a request. Empty: the call is about to run. */
  resultOf(id: string): AgentPart[] {
    if (this.#answeredNow.has(id)) return [];
    const call = this.#calls.get(id);
    if (call) return toResult(call);
    const used = this.#used.get(id);
    if (used?.approve) return toText(ranElsewhere);
    const answer = this.#answers.get(id) ?? used;
    if (!answer) return toText('This call awaits approval. It has not run yet.');
    return toText(answer.approve ? 'This call was approved, and did not run.' : toDenial(answer.reason ?? undefined));
  }

  #add(item: StoredItem): void {
    // Only items of the contract are stored.
    if (item['type'] === 'mcp_approval_request') this.#asked.add(item.id);
    if (item['type'] === 'mcp_approval_response') {
      const answer = item as unknown as Schemas['McpApprovalResponse'];
      this.#answers.set(answer.approval_request_id, answer);
    }
    const request = item['approval_request_id'];
    if (item['type'] === 'mcp_call' && typeof request === 'string')
      this.#calls.set(request, item as unknown as McpCall);
  }
}

const ranElsewhere =
  'This call was approved, and another response ran it or began to. Its result is unknown here. ' +
  'It may have taken effect: do not repeat it without checking.';

/** Returns what the model reads as the result of a call. */
export function toResult({ output, error }: Pick<McpCall, 'output' | 'error'>): AgentPart[] {
  if (typeof output === 'string') return toText(output);
  if (error) return toText(typeof error === 'string' ? error : JSON.stringify(error));
  return toText('The call returned no result.');
}

const toText = (text: string): AgentPart[] => [{ type: 'text', text }];
