import { listTextDeltas } from '../browser/list-text-deltas.ts';
import { createSseReader, type SseEvent } from '../browser/read-sse.ts';
import type { Example, Transcript } from '../contract/list-examples.ts';
import { type Html, html } from '../html.ts';
import { renderCode } from '../markdown/code-block.ts';

/** Renders examples as blocks that can be opened. The first is open if `isOpen`. */
export function renderExamples(examples: readonly Example[], isOpen: boolean): Html {
  return html`${examples.map(
    (
      { title, value },
      index,
    ) => html`<details class="example"${isOpen && index === 0 && html` open`}><summary>${title}</summary>
${renderJson(value)}</details>
`,
  )}`;
}

/** Renders recorded streams, each with its request and a list of events that can be opened. */
export function renderTranscripts(transcripts: readonly Transcript[]): Html {
  return html`${transcripts.map(
    ({ title, body, stream }) => html`<details class="example"><summary>${title}</summary>
${body !== undefined && html`<p>The request:</p>${renderJson(body)}<p>Its events:</p>`}
<ol class="events">${readEvents(stream).map(renderEvent)}</ol></details>
`,
  )}`;
}

function readEvents(stream: string): SseEvent[] {
  const events: SseEvent[] = [];
  createSseReader((event) => events.push(event))(stream);
  return events;
}

function renderEvent({ event, data }: SseEvent, index: number): Html {
  const isEnd = data === '[DONE]';
  const brief = listTextDeltas(data).map(({ piece }) => JSON.stringify(piece));
  const summary = html`<span class="number">${index}</span><code>${event ?? (isEnd ? data : 'data')}</code><span class="brief">${brief.join(' ')}</span>`;
  if (isEnd) return html`<li class="last">${summary}</li>\n`;
  return html`<li><details><summary>${summary}</summary>${renderJson(JSON.parse(data))}</details></li>
`;
}

const renderJson = (value: unknown): Html => renderCode({ language: 'json', text: JSON.stringify(value, null, 2) });
