import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildTypescript } from './build-typescript.ts';

/** `npm run sdk`: builds the publishable TypeScript client in dist-sdk/typescript. */
const target = fileURLToPath(new URL('../../dist-sdk/typescript/', import.meta.url));
await buildTypescript(target);
console.log(`The client is in ${target}. To publish it: npm publish ${join('dist-sdk', 'typescript')}`);
