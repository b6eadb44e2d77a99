import { useEffect, useState } from 'preact/hooks';
import type { Item, ItemPage } from '../api/types.ts';
import { FailureNotice } from '../parts/notice.tsx';
import { useAction } from '../state/use-action.ts';
import { ItemView } from './item-view.tsx';

interface Properties {
  label: string;
  /** Loads the page after an item. */
  load: (after: string | undefined) => Promise<ItemPage>;
}

/** Shows the items of a list, page by page. */
export function PagedItems({ label, load }: Properties) {
  const [items, setItems] = useState<Item[]>([]);
  const [next, setNext] = useState<string | null>();
  const more = useAction(async () => {
    const page = await load(next ?? undefined);
    setItems((before) => [...before, ...page.data]);
    setNext(page.has_more ? page.last_id : null);
  });
  useEffect(() => void more.run(), []);
  return (
    <section class="items" aria-label={label} aria-busy={more.isBusy}>
      {items.map((item, index) => (
        <ItemView key={index} item={item} />
      ))}
      {items.length === 0 && next === null && <p class="empty">No items.</p>}
      <FailureNotice failure={more.failure} />
      {(next || more.failure) && (
        <button type="button" onClick={() => void more.run()}>
          {more.failure ? 'Try again' : 'Show more items'}
        </button>
      )}
    </section>
  );
}
