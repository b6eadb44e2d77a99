import type { Schemas } from '../../contract/types.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest } from '../responses-deps.ts';

type Update = Pick<Schemas['ConfigurationUpdateInput'], 'reasoning' | 'text'>;

/**
 * Returns the request with the settings of the `configuration_update` items, oldest item first. Each setting holds until
 * a later update replaces it; the request's own value is the baseline.
 */
export function applyUpdates(request: ResponseRequest, items: readonly StoredItem[]): ResponseRequest {
  let updated = request;
  for (const item of items) {
    if (!isUpdate(item)) continue;
    // The item was validated when it was received.
    const { reasoning, text } = item as Update;
    if (reasoning) updated = { ...updated, reasoning: { ...updated.reasoning, ...reasoning } };
    if (text) updated = { ...updated, text: { ...updated.text, format: text.format } };
  }
  return updated;
}

/** Whether an item changes settings. */
export const isUpdate = (item: StoredItem): boolean => item['type'] === 'configuration_update';
