/**
 * Whether a text holds several JSON objects, each on its own line. Within one JSON value, a line cannot end with a
 * closing brace and the next begin with an opening one.
 */
export const isJsonLines = (text: string): boolean => /\}[ \t]*\r?\n\s*[{[]/.test(text);

export const toJsonLines = (text: string): string[] => text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
