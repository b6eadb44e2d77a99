import { button, element } from "./element.js";
import { createEventList, toCode } from "./event-list.js";
import { toCurl } from "./to-curl.js";
export function createWatch(request) {
    const started = performance.now();
    const abort = new AbortController();
    const list = createEventList();
    const state = element('span', { class: 'watch-state', role: 'status' }, 'Waiting for the agent');
    const stop = button('Stop', () => abort.abort());
    const elapsed = () => `${((performance.now() - started) / 1000).toFixed(2)} s`;
    const end = (text) => {
        state.textContent = text;
        stop.remove();
    };
    const read = async (body) => {
        let text = '';
        state.textContent = 'Streaming';
        try {
            for await (const piece of pieces(body)) {
                text += piece;
                list.add(piece, elapsed());
            }
            end(`Ended: ${list.count()} events in ${elapsed()}`);
        }
        catch {
            end(`${abort.signal.aborted ? 'Stopped' : 'Broken off'} after ${list.count()} events and ${elapsed()}`);
        }
        return text;
    };
    const curl = element('details', {}, element('summary', {}, 'The same with curl'), toCode(toCurl(request)));
    const head = element('div', { class: 'watch-head' }, element('h4', {}, 'The stream as it arrives'), state, stop);
    return { node: element('div', {}, head, list.node, curl), signal: abort.signal, read, end };
}
async function* pieces(body) {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
        yield decoder.decode(next.value, { stream: true });
    }
}
