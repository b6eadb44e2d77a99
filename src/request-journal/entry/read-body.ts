import { isObject } from '../../json/is-object.ts';

/** Returns the model that a body names. */
export const readModel = (body: unknown): string | undefined => readText(body, 'model');

/** Returns the text of the last message of a user, in a body of either API. */
export function readMessage(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  const { input, messages } = body;
  if (typeof input === 'string') return input;
  const items = [messages, input].find(Array.isArray) ?? [];
  return items
    .filter((item) => isObject(item) && item['role'] === 'user')
    .map(toText)
    .at(-1);
}

/** Returns the names of the functions that a body offers, in the form of either API. */
export function readTools(body: unknown): string[] {
  if (!isObject(body) || !Array.isArray(body['tools'])) return [];
  return body['tools'].flatMap((tool) => readText(tool, 'name') ?? readText(tool?.function, 'name') ?? []);
}

/** Whether any string in a value contains a text. */
export function containsText(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value.includes(text);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((part) => containsText(part, text));
}

/** Joins the text parts of a message. */
function toText(message: Record<string, unknown>): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  return (Array.isArray(content) ? content : []).flatMap((part) => readText(part, 'text') ?? []).join('\n');
}

function readText(value: unknown, name: string): string | undefined {
  const field = isObject(value) ? value[name] : undefined;
  return typeof field === 'string' ? field : undefined;
}
