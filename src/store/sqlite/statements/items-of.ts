/** SQL: the rows of `items` that are one response's. */
export const itemsOf = (key: string): string => `items.key BETWEEN ${key} << 24 AND (${key} << 24) + 0xFFFFFF`;
