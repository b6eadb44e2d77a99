import type { ProbeReply } from '../agent/upstream/upstream-probe.ts';
import type { Answer, Dialect, Question } from './dialects/dialect.ts';
import { toReason } from './reply.ts';
import type { Subject } from './subject.ts';

/** Asks one model of the agent questions, in the way that the agent's settings describe. */
export class Interview {
  readonly subject: Subject;
  readonly #dialect: Dialect;
  readonly #model: string;
  #maxTokensField: string | undefined;

  constructor(subject: Subject, dialect: Dialect, model: string) {
    this.subject = subject;
    this.#dialect = dialect;
    this.#model = model;
    this.#maxTokensField = subject.config.settings.maxTokensField;
  }

  /** Asks one question. An upstream that refuses `max_tokens` is asked again with the newer name. */
  async ask(question: Question): Promise<ProbeReply> {
    const reply = await this.subject.post(this.#dialect.path, this.#toBody(question));
    const isRenamed = reply.status === 400 && /max_completion_tokens/.test(toReason(reply));
    if (!isRenamed || this.#maxTokensField !== undefined) return reply;
    this.#maxTokensField = 'max_completion_tokens';
    return this.subject.post(this.#dialect.path, this.#toBody(question));
  }

  read(reply: ProbeReply): Answer {
    return this.#dialect.readAnswer(reply);
  }

  hasEnd(reply: ProbeReply): boolean {
    return this.#dialect.hasEnd(reply);
  }

  #toBody(question: Question): Record<string, unknown> {
    const { omitFields, extraBody } = this.subject.config.settings;
    const { max_tokens: maxTokens, ...fields } = this.#dialect.toBody(question, this.#model);
    const named = maxTokens === undefined ? {} : { [this.#maxTokensField ?? 'max_tokens']: maxTokens };
    const kept = Object.entries({ ...fields, ...named }).filter(([name]) => !omitFields.includes(name));
    return { ...Object.fromEntries(kept), ...extraBody };
  }
}
