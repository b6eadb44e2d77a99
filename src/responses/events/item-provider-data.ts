import { mergeProviderFields } from '../../agent/request/provider-fields.ts';
import type { Schemas } from '../../contract/types.ts';

type Place = 'fields' | 'message_fields';

/** Collects the provider data of one item in progress. */
export class ItemProviderData {
  #data: Schemas['ProviderData'] | undefined;

  /** `place`: whether the data is that of the call, or of the message that the item is part of. */
  add(place: Place, fields: Record<string, unknown>, agent: string | undefined): void {
    this.#data ??= agent === undefined ? {} : { agent };
    const collected = { ...this.#data[place] };
    mergeProviderFields(collected, fields);
    this.#data[place] = collected;
  }

  /** Returns the field of the item, if there is data. */
  toField(): { provider_data?: Schemas['ProviderData'] } {
    return this.#data ? { provider_data: this.#data } : {};
  }
}
