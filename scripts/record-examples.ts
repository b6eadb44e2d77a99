import { writeFile } from 'node:fs/promises';
import { recordAll } from './record-examples/record-all.ts';

/** `npm run record-examples`: records the replies of a server with the offline agent in generated/examples.json. */
const recordings = await recordAll();
const text = `${JSON.stringify(recordings, undefined, 1)}\n`;
await writeFile(new URL('../generated/examples.json', import.meta.url), text);
console.log(`${Object.keys(recordings).length} recordings. Run "npm run generate" to write them to the documents.`);
