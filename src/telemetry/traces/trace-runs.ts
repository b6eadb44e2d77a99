import { type Context, type Span, trace } from '@opentelemetry/api';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { CallObserver, ModelCall, ToolCall } from '../../run-observer.ts';
import type { RunEnd, RunFacts, RunMeasures, RunWatch, WatchRun } from '../../runs/run-watch.ts';
import type { RunTraceIds } from './run-trace-ids.ts';
import { toParent } from './span-context.ts';
import { type CallTracing, failSpan, toUsage, traceModelCall, traceToolCall } from './trace-calls.ts';

export interface RunTracing extends CallTracing {
  ids: RunTraceIds;
  /** The name of the only agent. `undefined`: there are several. */
  agent: string | undefined;
}

/** Records a span for each execution of a run, as a child of the request that started the run. */
export const traceRuns =
  (tracing: RunTracing): WatchRun =>
  ({ facts }) =>
    new TracedRun(facts, tracing);

class TracedRun implements RunWatch {
  readonly #tracing: RunTracing;
  readonly #facts: Readonly<RunFacts>;
  readonly #span: Span;
  /** The parent of the spans of its calls. */
  readonly #context: Context;

  constructor(facts: Readonly<RunFacts>, tracing: RunTracing) {
    this.#facts = facts;
    this.#tracing = tracing;
    const parent = toParent(facts.trace);
    if (!facts.trace) tracing.ids.useRun(facts.run);
    this.#span = tracing.tracer.startSpan('invoke_agent', { attributes: toAttributes(facts) }, parent);
    this.#context = trace.setSpan(parent, this.#span);
    if (tracing.agent !== undefined) this.routed(tracing.agent);
  }

  began(): void {
    this.#span.addEvent('began');
  }

  routed(agent: string): void {
    this.#span.updateName(`invoke_agent ${agent}`);
    this.#span.setAttribute('gen_ai.agent.name', agent);
  }

  modelCalled(call: ModelCall): CallObserver {
    this.#span.setAttribute('gen_ai.conversation.id', call.session);
    return traceModelCall(this.#tracing, call, { parent: this.#context, facts: this.#facts });
  }

  toolCalled(call: ToolCall): CallObserver {
    return traceToolCall(this.#tracing, call, this.#context);
  }

  approvalAsked({ server, tool }: { server: string; tool: string }): void {
    this.#span.addEvent('approval asked', { 'gen_ai.tool.name': tool, 'talaria.mcp.server': server });
  }

  approvalUsed({ server, tool, approve }: { server: string; tool: string; approve: boolean }): void {
    const attributes = { 'gen_ai.tool.name': tool, 'talaria.mcp.server': server };
    this.#span.addEvent(approve ? 'approval given' : 'approval denied', attributes);
  }

  answered(): void {
    this.#span.addEvent('first output');
  }

  ended({ outcome, reason, error, inputTokens, outputTokens }: RunEnd, _measures: RunMeasures): void {
    this.#span.setAttributes({
      ...omitUndefined({ 'gen_ai.request.model': this.#facts.model, 'talaria.run.reason': reason }),
      ...toUsage(omitUndefined({ inputTokens, outputTokens })),
      'talaria.run.outcome': outcome,
    });
    if (error) failSpan(this.#span, error);
    this.#span.end();
  }
}

const toAttributes = ({ run, tenant, requestId, model, attempt, background, recovered }: RunFacts) =>
  omitUndefined({
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.provider.name': 'talaria',
    'gen_ai.request.model': model,
    'gen_ai.response.id': run,
    'talaria.tenant': tenant,
    'talaria.request.id': requestId,
    'talaria.run.attempt': attempt ?? 1,
    'talaria.run.background': background,
    'talaria.run.recovered': recovered,
  });
