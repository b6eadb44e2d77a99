import type { ComponentChildren } from 'preact';
import type { Item } from '../api/types.ts';
import { Disclosure } from '../parts/disclosure.tsx';
import { JsonText, JsonValue } from '../parts/json.tsx';
import { Content } from './part-view.tsx';
import { isFields, joinTexts, toText } from './read-item.ts';

/** Shows an item: a message, reasoning, a call with its result, or any other as JSON. */
export function ItemView({ item }: { item: Item }) {
  const { type } = item;
  if (type === 'message') return <Message item={item} />;
  if (type === 'reasoning') return <Reasoning item={item} />;
  if (type === 'mcp_approval_request') return <Call item={item} label="Approval requested" />;
  if (type === 'mcp_approval_response') return <Answer item={item} />;
  if (type === 'mcp_call' || type === 'function_call' || type === 'custom_tool_call') return <Call item={item} />;
  if (type === 'function_call_output' || type === 'custom_tool_call_output') return <Output item={item} />;
  return <Other item={item} />;
}

interface FrameProperties {
  label: ComponentChildren;
  kind: string;
  status?: unknown;
  children: ComponentChildren;
}

function Frame({ label, kind, status, children }: FrameProperties) {
  const state = toText(status).replaceAll('_', ' ');
  return (
    <article class={`item item-${kind}`}>
      <header>
        <span>{label}</span>
        {state !== '' && state !== 'completed' && <span class="soft">{state}</span>}
      </header>
      {children}
    </article>
  );
}

const roles: Record<string, string> = {
  user: 'User',
  assistant: 'Assistant',
  system: 'System',
  developer: 'Developer',
};

function Message({ item: { role, content, status } }: { item: Item }) {
  const name = toText(role);
  return (
    <Frame label={roles[name] ?? (name || 'Message')} kind={name === 'user' ? 'user' : 'message'} status={status}>
      <Content content={content} />
    </Frame>
  );
}

function Reasoning({ item: { summary, content, status } }: { item: Item }) {
  const text = joinTexts(content) || joinTexts(summary);
  return (
    <Frame label="Reasoning" kind="reasoning" status={status}>
      {text === '' ? <p class="soft">Without text</p> : <Content content={text} />}
    </Frame>
  );
}

function Call({ item, label = 'Call' }: { item: Item; label?: string }) {
  const { server_label: server, name, arguments: given, input, output, error, status } = item;
  return (
    <Frame
      label={
        <>
          {label} <code>{server ? `${toText(server)} · ${toText(name)}` : toText(name)}</code>
        </>
      }
      kind="call"
      status={status}
    >
      <JsonText text={toText(given ?? input)} />
      {output !== undefined && output !== null && <Result name="Result" value={output} />}
      {error !== undefined && error !== null && <Result name="Error" value={readError(error)} />}
    </Frame>
  );
}

/** Returns the content of an error of a tool, or the message of any other. */
function readError(error: unknown): unknown {
  if (!isFields(error)) return error;
  const { content, message } = error;
  return content ?? message ?? error;
}

function Result({ name, value }: { name: string; value: unknown }) {
  return (
    <>
      <p class={name === 'Error' ? 'result result-bad' : 'result'}>{name}</p>
      {typeof value === 'string' ? <JsonText text={value} /> : <Content content={value} />}
    </>
  );
}

function Output({ item: { output, call_id: call } }: { item: Item }) {
  return (
    <Frame
      label={
        <>
          Result of <code>{toText(call)}</code>
        </>
      }
      kind="call"
    >
      <Content content={output} />
    </Frame>
  );
}

function Answer({ item: { approve, reason } }: { item: Item }) {
  return (
    <Frame label={approve === true ? 'Approved' : 'Denied'} kind="user">
      {reason ? <Content content={reason} /> : null}
    </Frame>
  );
}

function Other({ item }: { item: Item }) {
  return (
    <Frame label={<code>{item.type}</code>} kind="other" status={item['status']}>
      <Disclosure summary="As JSON">{() => <JsonValue value={item} />}</Disclosure>
    </Frame>
  );
}
