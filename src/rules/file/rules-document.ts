import { type Alias, type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { ConfigError } from '../../config/config-error.ts';
import type { ApiError } from '../../errors/api-error.ts';

/** The text of a rules file, in which an invalid value can be located. */
export class RulesDocument {
  readonly #file: string;
  readonly #lines = new LineCounter();
  readonly #document: Document;

  /** Throws a ConfigError for invalid YAML. */
  constructor(file: string, text: string) {
    this.#file = file;
    this.#document = parseDocument(text, { lineCounter: this.#lines });
    const [problem] = [...this.#document.errors, ...this.#document.warnings];
    if (problem) throw this.#fail(problem.pos[0], problem.message.split('\n', 1)[0]?.replace(/ at line .*$/, '') ?? '');
  }

  /** Returns the value. Throws a ConfigError for an alias without an anchor, a recursive one, or too many. */
  toValue(): unknown {
    const recursive = this.#findAlias((alias, path) => path.some((node) => node === alias.resolve(this.#document)));
    if (recursive !== undefined) throw this.#fail(recursive, 'The alias is inside the value of its own anchor');
    try {
      return this.#document.toJS();
    } catch (reason) {
      throw this.#fail(
        this.#findAlias((alias) => !alias.resolve(this.#document)) ?? 0,
        reason instanceof Error ? reason.message : 'it cannot be read',
      );
    }
  }

  /** Returns an error on a value as one that names its line and column. */
  locate({ message, param, code }: ApiError): ConfigError {
    return this.#fail(this.#find(param ?? '', code === 'unsupported_parameter'), message);
  }

  #fail(offset: number, complaint: string): ConfigError {
    const { line, col } = this.#lines.linePos(offset);
    return new ConfigError(
      `${this.#file}, line ${line}, column ${col}: ${/[.?]$/.test(complaint) ? complaint : `${complaint}.`}`,
    );
  }

  /** Returns the offset of the first such alias. */
  #findAlias(isWanted: (alias: Alias, path: readonly unknown[]) => boolean): number | undefined {
    let offset: number | undefined;
    visit(this.#document, {
      Alias: (_key, alias, path) => {
        if (!isWanted(alias, path)) return undefined;
        offset = startOf(alias);
        return visit.BREAK;
      },
    });
    return offset;
  }

  /** Returns the offset of the deepest value on a path: `rules[0].when.message`. `isKey`: that of its key. */
  #find(param: string, isKey: boolean): number {
    const steps = param.match(/[^.[\]]+/g) ?? [];
    let node: unknown = this.#document.contents;
    let offset = startOf(node);
    for (const step of steps) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => `${key}` === step);
        if (!pair) break;
        node = pair.value;
        offset = startOf(isKey || !isScalar(node) ? pair.key : node) || offset;
      } else if (isNode(node) && 'items' in node) {
        node = (node.items as unknown[])[Number(step)];
        if (node === undefined) break;
        offset = startOf(node) || offset;
      } else break;
    }
    return offset;
  }
}

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
