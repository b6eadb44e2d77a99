import type { Caller } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { resolveReferences } from '../../items/resolve-references.ts';
import { toInputItems } from '../../items/to-input-items.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';
import { checkPairs } from './check-pairs.ts';
import { type Origin, readOrigin } from './read-origin.ts';

/** What a turn builds on, and what it brings. */
export interface Turn {
  origin: Origin;
  /** The turn's own items, without compaction triggers: those ask for something, and say nothing. */
  input: StoredItem[];
  /** Does a trigger, as the last item, ask for a compaction of everything before it? */
  isTrigger: boolean;
}

/** Rejects with an ApiError for a request that can't be served, whatever is to be done with it. */
export async function readTurn(request: ResponseRequest, deps: ResponsesDeps, caller: Caller): Promise<Turn> {
  refuseUnsupported(request);
  const items = toInputItems(request.input);
  const said = items.filter((item) => item['type'] !== 'compaction_trigger');
  const origin = await readOrigin({ request, input: said }, deps, caller);
  const { store, history: limits } = deps;
  const input = await resolveReferences(said, { store, tenant: caller.tenant, list: 'input', limits });
  checkPairs(origin.history, input);
  return { origin, input, isTrigger: items.at(-1)?.['type'] === 'compaction_trigger' };
}

/** What the contract knows and this server has not got is refused in words, never silently dropped. */
function refuseUnsupported(request: ResponseRequest): void {
  if (request.background && request.store === false) {
    const message = "A response in the background is stored: leave 'store' out or set it to true.";
    throw new ApiError('unsupported_value', message, { param: 'background' });
  }
  if (request.prompt) {
    const message = 'Stored prompt templates are not available on this server.';
    throw new ApiError('unsupported_parameter', message, { param: 'prompt' });
  }
}
