import { findClientRunType, toFunctionCall, toFunctionResult } from '../../tools/client-run/client-run-kinds.ts';
import { toCustomArguments } from '../../tools/custom-tool.ts';
import { toFlatName } from '../../tools/flat-name.ts';
import { type Fields, toFields, toFieldsList, toList, toStringOf } from '../fields.ts';
import { type Asked, addTurn, type Turn } from './asked.ts';
import { toSummary } from './recorded-compaction.ts';

interface Past {
  system: string[];
  turns: Turn[];
}

/**
 * Reads recorded requests of the Responses API with the history that each continues: an earlier response or a
 * conversation, as far as the recording has it.
 */
export class ResponseHistory {
  readonly #responses = new Map<string, Past>();
  readonly #conversations = new Map<string, Past>();
  /** Items by id, for references: some clients send back only the ids. */
  readonly #items = new Map<string, Fields>();

  /** `response`: the answer, which may have compacted the history first. */
  read(body: Fields, response: Fields = {}): Asked {
    const past = compact(this.#pastOf(body), body, response);
    const now: Past = { system: [], turns: [...past.turns] };
    const { instructions, input, tools, model } = body;
    if (typeof input === 'string') addTurn(now.turns, toTurn('user', input));
    for (const item of toList(input)) this.#add(now, item);
    const system = [toStringOf(instructions), ...past.system, ...now.system];
    return {
      model: typeof model === 'string' ? model : undefined,
      system: system.filter((text) => text).join('\n'),
      turns: now.turns,
      tools: toFieldsList(tools).flatMap(toToolNames),
    };
  }

  /** Records the answer to a request: later ones may continue it. */
  remember(body: Fields, response: Fields): void {
    const past = compact(this.#pastOf(body), body, response);
    const now: Past = { system: [...past.system], turns: [...past.turns] };
    if (typeof body['input'] === 'string') addTurn(now.turns, toTurn('user', body['input']));
    const isKept = (item: unknown) => item !== findCompacted(body, response);
    for (const item of [...toList(body['input']), ...toList(response['output']).filter(isKept)]) this.#add(now, item);
    this.#responses.set(toStringOf(response['id']), now);
    const conversation = toConversationId(body);
    if (conversation) this.#conversations.set(conversation, now);
  }

  /** Adds the items that a conversation was created with, or received later. */
  extend(conversation: string, items: unknown): void {
    const past = this.#conversations.get(conversation);
    const now: Past = { system: [...(past?.system ?? [])], turns: [...(past?.turns ?? [])] };
    for (const item of toList(items)) this.#add(now, item);
    this.#conversations.set(conversation, now);
  }

  #pastOf(body: Fields): Past {
    const past =
      this.#responses.get(toStringOf(body['previous_response_id'])) ??
      this.#conversations.get(toConversationId(body) ?? '');
    return past ?? { system: [], turns: [] };
  }

  #add({ system, turns }: Past, value: unknown): void {
    if (typeof value === 'string') return addTurn(turns, toTurn('user', value));
    const item = toFields(value);
    if (typeof item['id'] === 'string' && item['type'] !== 'item_reference') this.#items.set(item['id'], item);
    switch (item['type'] ?? 'message') {
      case 'item_reference': {
        const referenced = this.#items.get(toStringOf(item['id']));
        if (referenced) this.#add({ system, turns }, referenced);
        return;
      }
      case 'message': {
        const { role, content } = item;
        if (role === 'system' || role === 'developer') system.push(toText(content));
        else addTurn(turns, toTurn(role === 'assistant' ? role : 'user', content));
        return;
      }
      case 'input_text':
      case 'input_image':
      case 'input_file':
        return addTurn(turns, toTurn('user', [item]));
      case 'function_call':
      case 'custom_tool_call':
        return addTurn(turns, { ...toTurn('assistant', ''), calls: [toCall(item)] });
      case 'function_call_output':
      case 'custom_tool_call_output':
        return addTurn(turns, toTurn('tool', item['output']));
      case 'mcp_call':
        addTurn(turns, { ...toTurn('assistant', ''), calls: [toCall({ ...item, namespace: item['server_label'] })] });
        return addTurn(turns, toTurn('tool', item['output'] ?? item['error']));
      case 'compaction':
        // It replaces what came before it.
        turns.splice(0, turns.length, toTurn('user', toSummary(toStringOf(item['encrypted_content']))));
        return;
      default:
        return addClientRun(turns, item);
    }
  }
}

/** Replaces the past by its summary if the response compacted it. */
function compact(past: Past, body: Fields, response: Fields): Past {
  const compaction = findCompacted(body, response);
  if (!compaction) return past;
  return { ...past, turns: [toTurn('user', toSummary(toStringOf(compaction['encrypted_content'])))] };
}

/**
 * Returns the compaction that a response made of its past, before its input. A requested one comes after the input, and
 * replaces that, too.
 */
export function findCompacted(body: Fields, response: Fields): Fields | undefined {
  const isRequested = toFieldsList(body['input']).some(({ type }) => type === 'compaction_trigger');
  return isRequested ? undefined : findCompaction(response);
}

export const findCompaction = ({ output }: Fields): Fields | undefined =>
  toFieldsList(output).find(({ type }) => type === 'compaction');

/** Adds a call that the client ran, or its output, as the agent sees them. */
function addClientRun(turns: Turn[], item: Fields): void {
  const call = toFunctionCall(item);
  if (call) addTurn(turns, { ...toTurn('assistant', ''), calls: [toCall({ ...call })] });
  const result = toFunctionResult(item);
  if (result) addTurn(turns, toTurn('tool', result.text));
}

function toConversationId({ conversation }: Fields): string | undefined {
  return typeof conversation === 'string' ? conversation : toStringOf(toFields(conversation)['id']) || undefined;
}

function toTurn(role: Turn['role'], content: unknown): Turn {
  return { role, text: toText(content), attachments: toFieldsList(content).flatMap(toAttachment), calls: [] };
}

/** Returns the name and arguments of a call, as the agent sees them. */
export function toCall({ type, name, namespace, arguments: text, input }: Fields): Turn['calls'][number] {
  return {
    name: toFlatName(toStringOf(name), toStringOf(namespace)),
    arguments: type === 'custom_tool_call' ? toCustomArguments(toStringOf(input)) : toStringOf(text),
  };
}

function toToolNames(tool: Fields): string[] {
  const { type, name, tools } = tool;
  const clientRun = findClientRunType(tool);
  if (clientRun) return [clientRun];
  if (type === 'function' || type === 'custom') return [toFlatName(toStringOf(name))];
  if (type !== 'namespace') return [];
  return toFieldsList(tools).map((member) => toFlatName(toStringOf(member['name']), toStringOf(name)));
}

function toText(content: unknown): string {
  if (typeof content === 'string') return content;
  return toList(content)
    .map((part) => (typeof part === 'string' ? part : toStringOf(toFields(part)['text'] ?? toFields(part)['refusal'])))
    .filter((text) => text)
    .join('\n');
}

function toAttachment({ type, image_url: image, file_data: data, file_url: url }: Fields): string[] {
  if (type === 'input_image') return [toStringOf(image)];
  return type === 'input_file' ? [toStringOf(data ?? url)] : [];
}
