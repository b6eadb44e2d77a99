import { element, lazyDetails } from './element.ts';
import { createEventList, toCode } from './event-list.ts';
import type { Contract, Operation, Transcript } from './swagger.ts';
import { toCurl } from './to-curl.ts';

/** Lists the recorded streams of an operation. */
export function listTranscripts({ components }: Contract, { responses }: Operation): Transcript[] {
  const media = Object.values(responses).flatMap(({ content }) => content?.['text/event-stream'] ?? []);
  return media
    .flatMap((each) => Object.values(each.examples ?? {}))
    .flatMap(({ $ref }) => components.examples[$ref.split('/').at(-1) ?? ''] ?? []);
}

export function showTranscripts(transcripts: Transcript[]): HTMLElement {
  const heading = element('h4', {}, 'Recorded streams');
  return element('section', { class: 'transcripts' }, heading, ...transcripts.map(showTranscript));
}

function showTranscript({ summary, 'x-request': request, value }: Transcript): HTMLElement {
  return lazyDetails([summary], () => {
    const list = createEventList();
    list.add(value);
    const { method, path, body } = request;
    const json = body === undefined ? undefined : JSON.stringify(body);
    const headers: Record<string, string> = json === undefined ? {} : { 'Content-Type': 'application/json' };
    return [toCode(toCurl({ method, url: location.origin + path, headers, body: json })), list.node];
  });
}
