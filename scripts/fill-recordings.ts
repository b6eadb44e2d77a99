import type { Recording } from './record-examples/recorder.ts';

interface Example {
  summary?: string;
  /** Omitted: the example shows the recording of its own name. */
  value?: unknown;
  /** Of a stream: the request that it answers. */
  'x-request'?: unknown;
}

interface Recorded {
  components: { examples: Record<string, Example> };
}

/** Returns a copy of the contract in which each example without a value has the recorded one. */
export function fillRecordings<Document extends Recorded>(
  document: Document,
  recordings: Record<string, Recording>,
): Document {
  const copy = structuredClone(document);
  for (const [name, example] of Object.entries(copy.components.examples)) {
    if ('value' in example) continue;
    const { value, request } = find(name);
    example.value = value;
    if (typeof value === 'string') example['x-request'] = request;
  }
  return copy;

  function find(name: string): Recording {
    const recording = recordings[name];
    if (!recording) throw new Error(`There is no recording ${name}. Run "npm run record-examples".`);
    return recording;
  }
}
