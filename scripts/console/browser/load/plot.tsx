import { useState } from 'preact/hooks';
import { formatClock, nothing } from '../text/format.ts';
import { plotHeight, plotWidth, toPath, toTop } from './to-path.ts';
import type { Series } from './to-series.ts';

interface Properties {
  title: string;
  series: Series[];
  times: number[];
  format: (value: number | null) => string;
  /** The plot in words. */
  summary: string;
}

/** A plot whose values are read with the pointer, or as a slider with the arrow keys. */
export function Plot({ title, series, times, format, summary }: Properties) {
  const [chosen, setChosen] = useState<number>();
  const last = times.length - 1;
  const at = Math.min(chosen ?? last, last);
  const reading = describe(series, times, at, format);
  const onKey = (event: KeyboardEvent) => {
    const target = toTarget(event.key, at, last);
    if (target === undefined) return;
    event.preventDefault();
    setChosen(target);
  };
  const onPointer = ({ clientX, currentTarget }: PointerEvent) => {
    const area = currentTarget instanceof Element ? currentTarget.querySelector('svg') : null;
    if (!area) return;
    const { left, width } = area.getBoundingClientRect();
    setChosen(Math.round(clamp(((clientX - left) / width) * last, last)));
  };
  return (
    <figure class="plot">
      <figcaption>
        <h2>{title}</h2>
        <Legend series={series} at={at} format={format} />
      </figcaption>
      <div
        class="plot-area"
        role="slider"
        tabIndex={0}
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at}
        aria-valuetext={reading}
        onKeyDown={onKey}
        onPointerMove={onPointer}
        onPointerLeave={() => setChosen(undefined)}
        onBlur={() => setChosen(undefined)}
      >
        <span class="plot-scale">
          <span>{format(toTop(series))}</span>
          <span>0</span>
        </span>
        <Lines series={series} at={chosen === undefined ? undefined : at} last={last} />
      </div>
      <p class="plot-times">
        <span>{formatClock(times[0] ?? 0)}</span>
        {chosen !== undefined && <strong>{formatClock(times[at] ?? 0)}</strong>}
        <span>{formatClock(times[last] ?? 0)}</span>
      </p>
      <p class="soft">{summary}</p>
    </figure>
  );
}

interface LinesProperties {
  series: Series[];
  at: number | undefined;
  last: number;
}

function Lines({ series, at, last }: LinesProperties) {
  const top = toTop(series);
  const x = at === undefined || last === 0 ? undefined : (at / last) * plotWidth;
  return (
    <svg viewBox={`0 0 ${plotWidth} ${plotHeight}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="grid" d={`M0 0H${plotWidth}M0 ${plotHeight / 2}H${plotWidth}M0 ${plotHeight}H${plotWidth}`} />
      {series.map(({ name, values }, index) => (
        <path key={name} class={`line series-${index % seriesColors}`} d={toPath(values, top)} />
      ))}
      {x !== undefined && <path class="cursor" d={`M${x} 0V${plotHeight}`} />}
    </svg>
  );
}

const seriesColors = 6;

function Legend({ series, at, format }: { series: Series[]; at: number; format: Properties['format'] }) {
  return (
    <ul class="legend">
      {series.map(({ name, values }, index) => (
        <li key={name}>
          <span class={`swatch series-${index % seriesColors}`} /> {name} <b>{format(values[at] ?? null)}</b>
        </li>
      ))}
    </ul>
  );
}

function describe(series: Series[], times: number[], at: number, format: Properties['format']): string {
  const values = series.map(({ name, values }) => `${name} ${format(values[at] ?? null).replace(nothing, 'none')}`);
  return `${formatClock(times[at] ?? 0)}: ${values.join(', ')}`;
}

function toTarget(key: string, at: number, last: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    PageUp: at - 10,
    PageDown: at + 10,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined ? undefined : clamp(target, last);
}

const clamp = (value: number, last: number): number => Math.min(last, Math.max(0, value));
