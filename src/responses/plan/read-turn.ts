import type { Caller } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { type Refusals, refuseFields } from '../../errors/refuse-fields.ts';
import { resolveReferences } from '../../items/resolve-references.ts';
import { toInputItems } from '../../items/to-input-items.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';
import { checkPairs } from './check-pairs.ts';
import { type Origin, readOrigin } from './read-origin.ts';
import type { ResponseField } from './request-fields.ts';

/** One turn: its history and its own input. */
export interface Turn {
  origin: Origin;
  /** The turn's own items, without compaction triggers: a trigger is an instruction, not content. */
  input: StoredItem[];
  /** Whether the last item is a compaction trigger, for everything before it. */
  isTrigger: boolean;
}

/** Reads the history and input of a request. Rejects with an ApiError for a request that cannot be served. */
export async function readTurn(request: ResponseRequest, deps: ResponsesDeps, caller: Caller): Promise<Turn> {
  refuseUnsupported(request);
  const items = toInputItems(request.input);
  const sent = items.filter((item) => item['type'] !== 'compaction_trigger');
  const origin = await readOrigin({ request, input: sent }, deps, caller);
  const { store, history: limits } = deps;
  const input = await resolveReferences(sent, { store, tenant: caller.tenant, list: 'input', limits });
  checkPairs(origin.history, input);
  return { origin, input, isTrigger: items.at(-1)?.['type'] === 'compaction_trigger' };
}

const refusals: Refusals<ResponseRequest, ResponseField<'refused'>> = {
  prompt: () => 'Stored prompt templates are not supported by this server.',
};

function refuseUnsupported(request: ResponseRequest): void {
  if (request.background && request.store === false) {
    const message = "'background' requires a stored response. Omit 'store' or set it to true.";
    throw new ApiError('unsupported_value', message, { param: 'background' });
  }
  refuseFields(request, refusals);
}
