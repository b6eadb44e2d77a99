import type { Load } from '../api/types.ts';
import { formatClock, formatCount, formatDuration, formatShortCount } from '../text/format.ts';
import { Plot } from './plot.tsx';
import { type Series, toAgents, toHighest, toPeaks, toTimes, toTotals } from './to-series.ts';

interface Properties {
  load: Load;
  /** Whether the load has peaks: those of one tenant aren't measured. */
  hasPeaks: boolean;
}

/** The plots of a period. Each has its summary in words. */
export function Plots({ load, hasPeaks }: Properties) {
  const times = toTimes(load);
  const requests = toTotals(load, 'Ended', ({ requests }) => requests);
  const cancelled = toTotals(load, 'Cancelled', ({ cancelled }) => cancelled);
  const input = toTotals(load, 'In', ({ input_tokens: tokens }) => tokens);
  const output = toTotals(load, 'Out', ({ output_tokens: tokens }) => tokens);
  const median = toHighest(load, 'p50', ({ first_output_p50: seconds }) => seconds);
  const slow = toHighest(load, 'p95', ({ first_output_p95: seconds }) => seconds);
  const errors = toAgents(load, ({ errors }) => errors);
  const tools = toTotals(load, 'Calls', ({ tool_calls: calls }) => calls);
  const count = { times, format: formatCount };
  return (
    <div class="plots">
      <Plot title="Requests" series={[requests, cancelled]} {...count} summary={describeTotal(requests, times)} />
      <Plot
        title="Tokens"
        series={[input, output]}
        times={times}
        format={formatShortCount}
        summary={`${formatCount(total(input))} in, ${formatCount(total(output))} out.`}
      />
      <Plot
        title="Time to first output"
        series={[median, slow]}
        times={times}
        format={formatDuration}
        summary={describeSlowest(slow, times)}
      />
      {hasPeaks && <PeakPlot load={load} times={times} />}
      <Plot
        title="Errors by agent"
        series={errors.length === 0 ? [{ name: 'Errors', values: times.map(() => 0) }] : errors}
        {...count}
        summary={describeErrors(errors)}
      />
      <Plot title="Tool calls" series={[tools]} {...count} summary={describeTotal(tools, times)} />
    </div>
  );
}

function PeakPlot({ load, times }: { load: Load; times: number[] }) {
  const running = toPeaks(load, 'Running', ({ running }) => running);
  const queued = toPeaks(load, 'Queued', ({ queued }) => queued);
  return (
    <Plot
      title="Runs at once"
      series={[running, queued]}
      times={times}
      format={formatCount}
      summary={`At most ${formatCount(highest(running))} running and ${formatCount(highest(queued))} queued on a server.`}
    />
  );
}

const known = ({ values }: Series): number[] => values.filter((value) => value !== null);
const total = (series: Series): number => known(series).reduce((sum, value) => sum + value, 0);
const highest = (series: Series): number => Math.max(0, ...known(series));

function describeTotal(series: Series, times: number[]): string {
  const most = highest(series);
  if (most === 0) return 'None in this period.';
  return `${formatCount(total(series))} in all; at most ${formatCount(most)} in a step, at ${timeOf(series, most, times)}.`;
}

function describeSlowest(series: Series, times: number[]): string {
  const most = highest(series);
  if (known(series).length === 0) return 'No output in this period.';
  return `The slowest step had a 95th percentile of ${formatDuration(most)}, at ${timeOf(series, most, times)}.`;
}

function describeErrors(errors: Series[]): string {
  const failed = errors.filter((series) => total(series) > 0);
  if (failed.length === 0) return 'No errors in this period.';
  return `${failed.map((series) => `${series.name}: ${formatCount(total(series))}`).join(', ')}.`;
}

const timeOf = ({ values }: Series, value: number, times: number[]): string =>
  formatClock(times[values.indexOf(value)] ?? 0);
