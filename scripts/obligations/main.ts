import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { extractReplies } from './extract-replies.ts';
import { type Published, publishedPath } from './published.ts';

/**
 * `npm run obligations -- OPENAI.yaml OPEN-RESPONSES.json` reads the replies of both published contracts
 * again. `npm run generate` then derives `generated/obligations.json`.
 */
const [openai, openResponses] = process.argv.slice(2);
if (openai === undefined || openResponses === undefined) {
  console.error('Usage: npm run obligations -- OPENAI.yaml OPEN-RESPONSES.json');
  process.exit(2);
}

const published: Published = {
  openai: extractReplies(parse(readFileSync(openai, 'utf8')), ['ErrorResponse', 'ResponseWsError']),
  'open-responses': extractReplies(JSON.parse(readFileSync(openResponses, 'utf8')), ['WebSocketErrorEvent']),
};
// One schema on each line, so that a new version of a contract is a readable change.
const text = JSON.stringify(published, (_name, value) => value, 1)
  .replaceAll(/\n {4,}/g, '')
  .replaceAll(/\n {3}(?=[}\]])/g, '');
writeFileSync(publishedPath, `${text}\n`);
