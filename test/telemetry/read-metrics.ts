import assert from 'node:assert/strict';

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

interface Family {
  type: string;
  help: string;
  samples: Sample[];
}

const sampleLine = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const labelPair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/**
 * Parses the text format of Prometheus, strictly: every family has its help and type before its samples, and appears once;
 * no series twice; names follow the conventions; the buckets of a histogram are cumulative and end with its count.
 */
export function parseMetrics(text: string): Map<string, Family> {
  assert.ok(text.endsWith('\n'), 'the last line ends');
  const families = new Map<string, Family>();
  let current: [name: string, family: Family] | undefined;
  const series = new Set<string>();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (keyword === 'HELP') {
      assert.ok(!families.has(name), `${name} appears twice`);
      current = [name, { type: '', help: rest, samples: [] }];
      families.set(...current);
    } else if (keyword === 'TYPE') {
      assert.equal(current?.[0], name, line);
      current[1].type = rest;
    } else {
      const sample = parseSample(line);
      assert.ok(current && isOfFamily(sample.name, current), line);
      const id = `${sample.name}${JSON.stringify(Object.entries(sample.labels).sort())}`;
      assert.ok(!series.has(id), `${id} appears twice`);
      series.add(id);
      current[1].samples.push(sample);
    }
  }
  for (const [name, family] of families) checkFamily(name, family);
  return families;
}

function parseSample(line: string): Sample {
  const [, name, labels = '', value] = sampleLine.exec(line) ?? [];
  assert.ok(name !== undefined && value !== undefined, line);
  const pairs: [string, string][] = [];
  labelPair.lastIndex = 0;
  while (labelPair.lastIndex < labels.length) {
    const [, label = '', text = ''] = labelPair.exec(labels) ?? assert.fail(line);
    pairs.push([label, text]);
  }
  const number = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value);
  assert.ok(/^nan$/i.test(value) || !Number.isNaN(number), line);
  return { name, labels: Object.fromEntries(pairs), value: number };
}

const isOfFamily = (name: string, [family, { type }]: [string, Family]): boolean =>
  type === 'histogram' || type === 'summary'
    ? [`${family}_bucket`, `${family}_sum`, `${family}_count`, family].includes(name)
    : name === family;

function checkFamily(name: string, { type, help, samples }: Family): void {
  assert.ok(help.length > 5, `${name} has no help`);
  assert.match(type, /^(counter|gauge|histogram|summary)$/, name);
  assert.equal(name.endsWith('_total'), type === 'counter', `${name} is a ${type}`);
  if (type !== 'histogram') return;
  const withoutBound = ({ labels: { le: _, ...labels } }: Sample) => JSON.stringify(Object.entries(labels).sort());
  const buckets = Map.groupBy(
    samples.filter((sample) => sample.name.endsWith('_bucket')),
    withoutBound,
  );
  for (const [labels, bounds] of buckets) {
    const counts = bounds.map(({ value }) => value);
    assert.deepEqual(
      counts,
      counts.toSorted((one, other) => one - other),
      `${name}${labels} is cumulative`,
    );
    assert.equal(bounds.at(-1)?.labels['le'], '+Inf');
    const count = samples.find((sample) => sample.name === `${name}_count` && withoutBound(sample) === labels);
    assert.equal(counts.at(-1), count?.value, `${name}${labels}`);
  }
}

/** Returns the sum of the series of a name that have these labels; 0 without one. */
export function sumOf(families: Map<string, Family>, name: string, labels: Record<string, string> = {}): number {
  const samples = [...families.values()].flatMap((family) => family.samples).filter((sample) => sample.name === name);
  const found = samples.filter((sample) =>
    Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  );
  return found.reduce((sum, { value }) => sum + value, 0);
}

/** Reads and parses the metrics of a server. */
export async function readMetrics(url: string, headers: Record<string, string> = {}): Promise<Map<string, Family>> {
  const response = await fetch(`${url}/metrics`, { headers });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4; charset=utf-8$/);
  return parseMetrics(await response.text());
}
