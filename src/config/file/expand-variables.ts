import type { Variables } from '../env.ts';

/** A reference that cannot be expanded. The message names the variable, never a value. */
export class VariableError extends Error {
  override readonly name = 'VariableError';
}

/**
 * Replaces each `${NAME}` with that environment variable, and `${NAME:-default}` with the default if the variable is
 * unset. An empty variable counts as unset. `$${` is a literal `${`. Throws a VariableError.
 */
export function expandVariables(text: string, variables: Variables): string {
  return text.replaceAll(/\$(\$?)\{([^}]*)(\}?)/g, (found: string, dollar: string, inside: string, end: string) => {
    if (dollar !== '') return found.slice(1);
    const [, name = '', fallback] = /^([A-Za-z_]\w*)(?::-(.*))?$/s.exec(inside) ?? [];
    if (name === '' || end === '') {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of the file
      throw new VariableError('invalid reference; expected ${NAME} or ${NAME:-default}, or $${ for a literal ${');
    }
    const value = variables[name]?.trim() || fallback;
    if (value === undefined) throw new VariableError(`the environment variable ${name} is not set`);
    return value;
  });
}
