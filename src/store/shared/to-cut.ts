import type { LogPage } from '../run-store.ts';

/** Marks a page of a log as cut, when it is. */
export const toCut = (isCut: boolean): Pick<LogPage, 'isCut'> => (isCut ? { isCut } : {});
