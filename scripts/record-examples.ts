import { writeFile } from 'node:fs/promises';
import { recordAll } from './record-examples/record-all.ts';

/** `npm run record-examples`: generated/examples.json, what a server with the offline agent answers; then generate. */
const recordings = await recordAll();
const text = `${JSON.stringify(recordings, undefined, 1)}\n`;
await writeFile(new URL('../generated/examples.json', import.meta.url), text);
console.log(`${Object.keys(recordings).length} recordings: run "npm run generate" to put them into the documents.`);
