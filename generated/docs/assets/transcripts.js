import { element, lazyDetails } from "./element.js";
import { createEventList, toCode } from "./event-list.js";
import { toCurl } from "./to-curl.js";
export function listTranscripts({ components }, { responses }) {
    const media = Object.values(responses).flatMap(({ content }) => content?.['text/event-stream'] ?? []);
    return media
        .flatMap((each) => Object.values(each['x-transcripts'] ?? {}))
        .flatMap(({ $ref }) => components['x-transcripts'][$ref.split('/').at(-1) ?? ''] ?? []);
}
export function showTranscripts(transcripts) {
    const heading = element('h4', {}, 'Whole streams, recorded from this server');
    return element('section', { class: 'transcripts' }, heading, ...transcripts.map(showTranscript));
}
function showTranscript({ summary, request, value }) {
    return lazyDetails([summary], () => {
        const list = createEventList();
        list.add(value);
        const { method, path, body } = request;
        const json = body === undefined ? undefined : JSON.stringify(body);
        const headers = json === undefined ? {} : { 'Content-Type': 'application/json' };
        return [toCode(toCurl({ method, url: location.origin + path, headers, body: json })), list.node];
    });
}
