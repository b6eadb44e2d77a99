import { toKey } from '../to-key.ts';
import type { KeptItem } from './serialized-item.ts';

/** Which owners hold an item, by the tenant and the item's id; an owner that holds it twice is listed twice. */
export class ItemIndex<Owner extends { readonly tenant: string }> {
  readonly #owners = new Map<string, Owner[]>();

  /** How many different items there are. */
  get size(): number {
    return this.#owners.size;
  }

  owners(tenant: string, itemId: string): readonly Owner[] {
    return this.#owners.get(toKey(tenant, itemId)) ?? [];
  }

  add(owner: Owner, items: readonly KeptItem[]): void {
    for (const { id } of items) {
      const key = toKey(owner.tenant, id);
      const owners = this.#owners.get(key);
      if (owners === undefined) this.#owners.set(key, [owner]);
      else owners.push(owner);
    }
  }

  remove(owner: Owner, items: readonly KeptItem[]): void {
    for (const { id } of items) {
      const key = toKey(owner.tenant, id);
      const owners = this.#owners.get(key) ?? [];
      const place = owners.indexOf(owner);
      if (place !== -1) owners.splice(place, 1);
      if (owners.length === 0) this.#owners.delete(key);
    }
  }

  clear(): void {
    this.#owners.clear();
  }
}
