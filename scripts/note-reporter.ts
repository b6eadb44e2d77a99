import type { TestEvent } from 'node:test/reporters';

/** A note for the summary at the end of a run. */
export type TestNote = { skipped: string } | { failed: string };

/** Reports skipped tests with their reasons, and the files of failed tests, as JSON Lines. */
// biome-ignore lint/style/noDefaultExport: the test runner loads the default export.
export default async function* noteReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const note = toNote(event);
    if (note) yield `${JSON.stringify(note)}\n`;
  }
}

function toNote({ type, data }: Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>): TestNote | undefined {
  const reason = data.skip ?? data.todo;
  if (reason !== undefined) {
    return { skipped: `${data.name}: ${typeof reason === 'string' ? reason : 'no reason given'}` };
  }
  return type === 'test:fail' ? { failed: toTestFile(data) } : undefined;
}

/** Returns the file to run again. A test that a helper defines belongs to the file of its process. */
function toTestFile(data: Partial<Record<'file' | 'entryFile', string>>): string {
  const { file = '', entryFile = file } = data;
  return file.includes('.test.') ? file : entryFile;
}
