/** Keys travel in the header `Authorization`, ours and those of agents. */
export const isKeyText = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

/** What is wrong with any other text, for the end of a sentence. */
export const keyTextRule = 'may hold visible ASCII characters only: it travels in a header';
