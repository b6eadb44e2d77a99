const longest = 24;
const mark = /^\s*(?:data:\s*)?"?\[?done\]?"?\s*$/i;

/** Whether the data of an event is the mark that ends a stream of chunks: `[DONE]`, or a variant that gateways send. */
export const isDoneMark = (data: string): boolean => data.length <= longest && mark.test(data);
