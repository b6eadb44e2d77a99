/** Tool steps of one request: the model asks for a call in each, then answers. */
export const loopSteps = 20;

/** The MCP server and its tool. */
export const label = 'clock';
export const toolName = 'read';

/** The name of the tool for the model. */
export const functionName = `${label}__${toolName}`;
export const toolResult = `It is noon. ${'The sun stands high. '.repeat(10)}`;
export const finalText = 'It is noon.';
