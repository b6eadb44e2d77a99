import type { Measurement } from './run-scenario.ts';

const bytesPerMegabyte = 1024 * 1024;

const columns = ['', '× floor', 'quartiles', 'target', 'CPU µs', 'floor µs', 'peak MB', 'floor MB', 'replies'];

/** Formats a Markdown table with one row per scenario. */
export function toTable(measurements: readonly Measurement[]): string {
  const rows = [columns, columns.map((_, index) => (index === 0 ? '---' : '---:')), ...measurements.map(toRow)];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function toRow({ scenario, ratio, cpu, peakMemory, replies }: Measurement): string[] {
  const { title, unit, target } = scenario;
  return [
    `${title}, per ${unit}`,
    `**${ratio.median.toFixed(2)}**`,
    `${ratio.lowerQuartile.toFixed(2)}–${ratio.upperQuartile.toFixed(2)}`,
    target === undefined ? '' : `≤ ${target}${ratio.median > target ? ' missed' : ''}`,
    cpu.talaria.toFixed(1),
    cpu.floor.toFixed(1),
    (peakMemory.talaria / bytesPerMegabyte).toFixed(0),
    (peakMemory.floor / bytesPerMegabyte).toFixed(0),
    `${replies}`,
  ];
}
