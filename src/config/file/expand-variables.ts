import type { Variables } from '../env.ts';

/** Raised by `expandVariables`; says what is missing, never a value. */
export class VariableError extends Error {
  override readonly name = 'VariableError';
}

/**
 * Text with each `${NAME}` replaced by that variable of the environment, and `${NAME:-default}` by the text after `:-`
 * when the variable is not set. As everywhere, an empty variable counts as not set. `$${` is a `${` that stays.
 */
export function expandVariables(text: string, variables: Variables): string {
  return text.replaceAll(/\$(\$?)\{([^}]*)(\}?)/g, (found: string, dollar: string, inside: string, end: string) => {
    if (dollar !== '') return found.slice(1);
    const [, name = '', fallback] = /^([A-Za-z_]\w*)(?::-(.*))?$/s.exec(inside) ?? [];
    if (name === '' || end === '') {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how it is written in the file
      throw new VariableError('a reference is written ${NAME} or ${NAME:-default}; $${ stands for the two characters');
    }
    const value = variables[name]?.trim() || fallback;
    if (value === undefined) throw new VariableError(`the environment has no ${name}`);
    return value;
  });
}
