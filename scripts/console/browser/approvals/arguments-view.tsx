import { useState } from 'preact/hooks';
import type { Approval } from '../api/types.ts';
import { JsonText } from '../parts/json.tsx';
import { type DiffLine, diffLines } from '../text/diff-lines.ts';
import { prettyJson } from '../text/pretty-json.ts';

/** Shows the arguments of a call; compared with those of the last call of the tool, if they differ. */
export function ArgumentsView({ approval }: { approval: Approval }) {
  const { arguments: given, previous_arguments: previous } = approval;
  const [isPlain, setPlain] = useState(false);
  if (given === null) return <p class="empty">The arguments can't be read any more.</p>;
  const lines = previous === null ? undefined : diffLines(prettyJson(previous), prettyJson(given));
  if (!lines) return <JsonText text={given} />;
  return (
    <>
      <p class="compare">
        <span class="soft">{describeChanges(lines)}</span>
        <button type="button" class="quiet" onClick={() => setPlain(!isPlain)}>
          {isPlain ? 'Compare with the last call' : 'Without comparison'}
        </button>
      </p>
      {isPlain ? <JsonText text={given} /> : <Diff lines={lines} />}
    </>
  );
}

const signs = { same: ' ', added: '+', removed: '-' };

function Diff({ lines }: { lines: DiffLine[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable blocks must be reachable by keyboard
    <pre class="code diff" tabIndex={0}>
      {lines.map(({ kind, text }, index) => (
        <span key={index} class={`line line-${kind}`}>{`${signs[kind]} ${text}\n`}</span>
      ))}
    </pre>
  );
}

const lines = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);

function describeChanges(all: DiffLine[]): string {
  const count = (kind: DiffLine['kind']) => all.filter((line) => line.kind === kind).length;
  const [added, removed] = [count('added'), count('removed')];
  if (added + removed === 0) return 'The same arguments as in the last call of this tool.';
  return `Compared with the last call of this tool: ${lines(added)} added, ${lines(removed)} removed.`;
}
