import { useState } from 'preact/hooks';
import type { Item } from '../api/types.ts';
import { ItemView } from './item-view.tsx';

/** More items would slow down the page. */
const step = 100;

/** Shows the last items, and earlier ones on demand. */
export function ItemList({ items, label }: { items: Item[]; label: string }) {
  const [shown, setShown] = useState(step);
  const first = Math.max(0, items.length - shown);
  return (
    <section class="items" aria-label={label}>
      {first > 0 && (
        <button type="button" class="quiet" onClick={() => setShown(shown + step)}>
          Show earlier items ({first})
        </button>
      )}
      {items.slice(first).map((item, index) => item && <ItemView key={first + index} item={item} />)}
    </section>
  );
}
