import type { Recording } from './record-examples/recorder.ts';

interface Example {
  summary?: string;
  /** Omitted: the example shows the recording of its own name. */
  value?: unknown;
}

interface Recorded {
  components: { examples: Record<string, Example>; 'x-transcripts': Record<string, Example> };
}

/** Returns a copy of the contract in which each example without a value has the recorded one. */
export function fillRecordings<Document extends Recorded>(
  document: Document,
  recordings: Record<string, Recording>,
): Document {
  const copy = structuredClone(document);
  const { examples, 'x-transcripts': transcripts } = copy.components;
  for (const [name, example] of Object.entries(examples)) {
    if (!('value' in example)) example.value = find(name).value;
  }
  for (const [name, transcript] of Object.entries(transcripts)) {
    const { value, request } = find(name);
    // A stream is shown together with the request that it answers.
    Object.assign(transcript, { value, request });
  }
  return copy;

  function find(name: string): Recording {
    const recording = recordings[name];
    if (!recording) throw new Error(`There is no recording ${name}. Run "npm run record-examples".`);
    return recording;
  }
}
