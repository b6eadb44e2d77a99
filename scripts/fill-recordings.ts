import type { Recording } from './record-examples/recorder.ts';

interface Example {
  summary?: string;
  value?: unknown;
  /** The name of a recording, in place of a value written by hand. */
  'x-recorded'?: string;
}

interface Recorded {
  components: { examples: Record<string, Example>; 'x-transcripts': Record<string, Example> };
}

/** The contract as it is served: each example that only names a recording gets what was recorded. */
export function fillRecordings<Document extends Recorded>(
  document: Document,
  recordings: Record<string, Recording>,
): Document {
  const copy = structuredClone(document);
  for (const example of Object.values(copy.components.examples)) fill(example, recordings);
  for (const transcript of Object.values(copy.components['x-transcripts'])) {
    const recording = fill(transcript, recordings);
    // A stream is shown together with the request that it answers.
    if (recording) Object.assign(transcript, { request: recording.request });
  }
  return copy;
}

function fill(example: Example, recordings: Record<string, Recording>): Recording | undefined {
  const name = example['x-recorded'];
  if (name === undefined) return undefined;
  const recording = recordings[name];
  if (!recording) throw new Error(`There is no recording ${name}: run "npm run record-examples".`);
  delete example['x-recorded'];
  example.value = recording.value;
  return recording;
}
