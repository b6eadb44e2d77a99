import { type Attributes, type Context, type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { ApiError } from '../../errors/api-error.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { CallObserver, ModelCall, ToolCall } from '../../run-observer.ts';
import type { RunFacts } from '../../runs/run-watch.ts';
import { toTraceHeaders } from '../../trace-context.ts';
import { AnswerText, toBoundedJson, toInputMessages } from './content.ts';
import { toTraceContext } from './span-context.ts';

export interface CallTracing {
  tracer: Tracer;
  /** Whether spans hold messages, arguments and results. */
  capturesContent: boolean;
}

/** Starts the span of a call of a model. `facts` have the model of a call that names none, at its end at the latest. */
export function traceModelCall(
  { tracer, capturesContent }: CallTracing,
  { agent, model, session, input }: ModelCall,
  { parent, facts }: { parent: Context; facts: Readonly<Pick<RunFacts, 'model'>> },
): CallObserver {
  const attributes = omitUndefined({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'talaria',
    'gen_ai.agent.name': agent,
    'gen_ai.request.model': model,
    'gen_ai.conversation.id': session,
  });
  const span = tracer.startSpan(toName(model), { kind: SpanKind.CLIENT, attributes }, parent);
  const answer = capturesContent && span.isRecording() ? new AnswerText() : undefined;
  if (answer) span.setAttribute('gen_ai.input.messages', toInputMessages(input()));
  return {
    headers: toTraceHeaders(toTraceContext(span)),
    retried: (error) => span.addEvent('retry', { 'error.type': ApiError.from(error).code }),
    answered: () => span.addEvent('first output'),
    received: answer && ((events) => answer.take(events)),
    ended({ error, usage, reason }) {
      if (!model) span.updateName(toName(facts.model));
      span.setAttributes({
        ...toUsage(usage),
        ...(reason === undefined ? {} : { 'gen_ai.response.finish_reasons': [reason] }),
        ...(answer ? { 'gen_ai.output.messages': answer.toMessages(reason) } : {}),
      });
      if (error !== undefined) failSpan(span, error);
      span.end();
    },
  };
}

const toName = (model: string | undefined): string => (model ? `chat ${model}` : 'chat');

/** Starts the span of a call of a tool. */
export function traceToolCall(
  { tracer, capturesContent }: CallTracing,
  { server, tool, callId, args }: ToolCall,
  parent: Context,
): CallObserver {
  const attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': tool,
    'gen_ai.tool.call.id': callId,
    'gen_ai.tool.type': 'extension',
    'talaria.mcp.server': server,
  };
  const span = tracer.startSpan(`execute_tool ${tool}`, { kind: SpanKind.INTERNAL, attributes }, parent);
  const showsContent = capturesContent && span.isRecording();
  if (showsContent) span.setAttribute('gen_ai.tool.call.arguments', toBoundedJson(args));
  return {
    headers: toTraceHeaders(toTraceContext(span)),
    ended({ error, isToolError, content }) {
      if (showsContent) span.setAttribute('gen_ai.tool.call.result', toBoundedJson(content));
      if (error !== undefined) failSpan(span, error);
      else if (isToolError) failSpan(span, 'tool_error');
      span.end();
    },
  };
}

export const toUsage = (usage: { inputTokens?: number; outputTokens?: number } | undefined): Attributes =>
  omitUndefined({
    'gen_ai.usage.input_tokens': usage?.inputTokens,
    'gen_ai.usage.output_tokens': usage?.outputTokens,
  });

/** Marks a span as failed, by the code of its error. The message is not recorded: it may hold content. */
export function failSpan(span: Span, error: unknown): void {
  const type = typeof error === 'string' ? error : ApiError.from(error).code;
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
