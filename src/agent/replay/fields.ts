import { isObject } from '../../json/is-object.ts';

/** Recorded JSON, read leniently: a peer may have sent any shape. */
export type Fields = Record<string, unknown>;

export const toFields = (value: unknown): Fields => (isObject(value) ? value : {});

export const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const toFieldsList = (value: unknown): Fields[] => toList(value).map(toFields);

export const toStringOf = (value: unknown): string => (typeof value === 'string' ? value : '');
