/** SQL: the condition that selects the items of a response. */
export const itemsOf = (key: string): string => `items.key BETWEEN ${key} << 24 AND (${key} << 24) + 0xFFFFFF`;
