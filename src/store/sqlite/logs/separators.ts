/** Separates the events, and the steps, of one append, as in RFC 7464. JSON never contains this character. */
export const separator = '\u001e';

/** Separates the appends of a window. JSON never contains this character either. */
export const appendSeparator = '\u001d';
