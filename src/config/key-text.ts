/** Whether a text can be sent as a key in the `Authorization` header. */
export const isKeyText = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

/** The rule, for the end of a message. */
export const keyTextRule = 'must consist of visible ASCII characters, because it is sent in a header';
