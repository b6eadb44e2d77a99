import { isObject } from '../json/is-object.ts';

/** JSON of a peer, read leniently: any shape may come. */
export type Fields = Record<string, unknown>;

export const toFields = (value: unknown): Fields => (isObject(value) ? value : {});

export const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const toFieldsList = (value: unknown): Fields[] => toList(value).map(toFields);

export const toStringOf = (value: unknown): string => (typeof value === 'string' ? value : '');
