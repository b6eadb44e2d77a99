import { isObject } from '../../src/json/is-object.ts';
import { tryParseJson } from '../../src/json/try-parse-json.ts';

/** Errors that no upstream and no client should be able to cause. */
const builtIn = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'AssertionError']);

/** Lists log lines that no request may cause, each once with its count. */
export function judgeLog(text: string): Map<string, number> {
  const faults = new Map<string, number>();
  const note = (fault: string) => faults.set(fault, (faults.get(fault) ?? 0) + 1);
  const lines = text.split('\n').filter((line) => line !== '');
  const others = lines.filter((line) => !isObject(tryParseJson(line)));
  if (others.length > 0) note(`not a log line: ${others.join('\n').slice(0, 1_000)}`);
  for (const line of lines) {
    const fault = judgeLine(line);
    if (fault !== undefined) note(fault);
  }
  return faults;
}

function judgeLine(line: string): string | undefined {
  const entry = tryParseJson(line);
  if (!isObject(entry)) return undefined;
  const { err, code, msg } = entry;
  const { type, message, stack } = isObject(err) ? err : {};
  const isInternal = code === 'internal_error' || entry['level'] === 60;
  const isUnexplained = code === undefined && typeof type === 'string' && builtIn.has(type);
  if (!isInternal && !isUnexplained) return undefined;
  const place =
    typeof stack === 'string' ? (/\((?:file:\/\/)?\S*?((?:src|node_modules)\/\S+)\)/.exec(stack)?.[1] ?? '') : '';
  return `${msg}: ${type} ${`${message}`.split('\n', 1)[0]?.slice(0, 200)} ${place}`.trim();
}
