import { version1Functions } from './version-1-functions.ts';
import { version1RunFunctions } from './version-1-run-functions.ts';
import { version1Tables } from './version-1-tables.ts';

/** Everything that the store keeps. */
export const version1 = `${version1Tables}\n${version1Functions}\n${version1RunFunctions}`;
