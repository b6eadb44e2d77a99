import { useState } from 'preact/hooks';
import { formatSize } from '../text/format.ts';

/** Longer text is shown in steps, because it would slow down the page. */
const stepLength = 64 * 1024;

/** Shows text of any length, line breaks included. */
export function BoundedText({ text, isCode = false }: { text: string; isCode?: boolean }) {
  const [steps, setSteps] = useState(1);
  const shown = text.slice(0, steps * stepLength);
  const rest = text.length - shown.length;
  return (
    <>
      {isCode ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable blocks must be reachable by keyboard
        <pre class="code" tabIndex={0}>
          {shown}
        </pre>
      ) : (
        <p class="text">{shown}</p>
      )}
      {rest > 0 && (
        <button type="button" class="quiet" onClick={() => setSteps(steps + 1)}>
          Show more ({formatSize(rest)} left)
        </button>
      )}
    </>
  );
}
