import { setPage } from '../state/router.ts';

interface Properties {
  query: Record<string, string>;
  next: string | null | undefined;
}

/** Links to the first and the next page of a list. The cursor is part of the fragment. */
export function Pager({ query, next }: Properties) {
  const { after = '' } = query;
  if (after === '' && !next) return null;
  return (
    <div class="pager">
      {after !== '' && (
        <button type="button" onClick={() => setPage('')}>
          Newest
        </button>
      )}
      {next && (
        <button type="button" onClick={() => setPage(next)}>
          Older
        </button>
      )}
    </div>
  );
}
