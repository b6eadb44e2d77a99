import { toKey } from '../../shared/to-key.ts';
import type { SerializedItem } from './serialized-item.ts';

/** Finds the owners of an item by tenant and item id. An owner with two such items is listed twice. */
export class ItemIndex<Owner extends { readonly tenant: string }> {
  readonly #owners = new Map<string, Owner[]>();

  /** The number of distinct items. */
  get size(): number {
    return this.#owners.size;
  }

  owners(tenant: string, itemId: string): readonly Owner[] {
    return this.#owners.get(toKey(tenant, itemId)) ?? [];
  }

  add(owner: Owner, items: readonly SerializedItem[]): void {
    for (const { id } of items) {
      const key = toKey(owner.tenant, id);
      const owners = this.#owners.get(key);
      if (owners === undefined) this.#owners.set(key, [owner]);
      else owners.push(owner);
    }
  }

  remove(owner: Owner, items: readonly SerializedItem[]): void {
    for (const { id } of items) {
      const key = toKey(owner.tenant, id);
      const owners = this.#owners.get(key) ?? [];
      const index = owners.indexOf(owner);
      if (index !== -1) owners.splice(index, 1);
      if (owners.length === 0) this.#owners.delete(key);
    }
  }

  clear(): void {
    this.#owners.clear();
  }
}
