import type { LogPage } from '../run-store.ts';

/** Returns the `isCut` property of a log page. */
export const toCut = (isCut: boolean): Pick<LogPage, 'isCut'> => (isCut ? { isCut } : {});
