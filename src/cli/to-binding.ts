import { type Binding, bindings } from '../judge/bind-document.ts';
import { UsageError } from './command.ts';

/** Reads `--contract`. Throws a UsageError for an unknown name. */
export function toBinding(word: string): Binding {
  const found = bindings.find((binding) => binding === word);
  if (!found) throw new UsageError(`--contract "${word}" is invalid: expected one of ${bindings.join(', ')}.`);
  return found;
}
