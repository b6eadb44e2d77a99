import type { Run, RunCall } from '../api/types.ts';
import { Disclosure } from '../parts/disclosure.tsx';
import { isActive } from '../parts/status.tsx';
import { type Column, Table } from '../parts/table.tsx';
import { useNow } from '../state/use-now.ts';
import { formatCount, formatDuration, nothing } from '../text/format.ts';
import { type Bar, toBars } from './to-bars.ts';

interface Properties {
  run: Run;
  calls: RunCall[];
}

/** Shows when each call of a model or tool ran, as bars on a time axis and as a table. */
export function Timeline({ run, calls }: Properties) {
  const now = useNow();
  const { bars, seconds } = toBars(run, calls, isActive(run.status) ? now : null);
  if (bars.length === 0) return <p class="empty">No calls yet.</p>;
  return (
    <>
      <div class="timeline" aria-hidden="true">
        <div class="axis">
          <span>0 s</span>
          <span>{formatDuration(seconds / 2)}</span>
          <span>{formatDuration(seconds)}</span>
        </div>
        {bars.map((bar, index) => (
          <BarRow key={index} bar={bar} seconds={seconds} />
        ))}
      </div>
      <Disclosure summary="As a table">
        {() => <Table label="Timeline" columns={columns} rows={bars} keyOf={(bar) => String(bars.indexOf(bar))} />}
      </Disclosure>
    </>
  );
}

const width = 1000;

/** The light part of a model's bar is the time to its first output. */
function BarRow({ bar, seconds }: { bar: Bar; seconds: number }) {
  const x = (at: number) => (at / seconds) * width;
  const { kind, name, start, answered, end, error } = bar;
  return (
    <>
      <span class="bar-name" title={name}>
        {name}
      </span>
      <svg viewBox={`0 0 ${width} 16`} preserveAspectRatio="none" class={`bar-${error === null ? kind : 'failed'}`}>
        <title>{`${name}: ${formatDuration(end - start)}`}</title>
        <rect x={x(start)} width={Math.max(3, x(end - start))} y="2" height="12" />
        {answered !== null && <rect class="waiting" x={x(start)} width={x(answered - start)} y="2" height="12" />}
      </svg>
      <span class="bar-time">{formatDuration(end - start)}</span>
    </>
  );
}

const columns: Column<Bar>[] = [
  { name: 'Step', cell: ({ name }) => name },
  { name: 'Kind', cell: ({ kind }) => kind },
  { name: 'Start', isNumber: true, cell: ({ start }) => formatDuration(start) },
  {
    name: 'First output',
    isNumber: true,
    cell: ({ start, answered }) => (answered === null ? nothing : formatDuration(answered - start)),
  },
  { name: 'Duration', isNumber: true, cell: ({ start, end }) => formatDuration(end - start) },
  { name: 'Tokens in', isNumber: true, cell: ({ input }) => formatCount(input) },
  { name: 'Tokens out', isNumber: true, cell: ({ output }) => formatCount(output) },
  { name: 'Error', cell: ({ error }) => error ?? '' },
];
