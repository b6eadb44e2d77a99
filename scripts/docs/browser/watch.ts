import { button, element } from './element.ts';
import { createEventList, toCode } from './event-list.ts';
import { type CurlRequest, toCurl } from './to-curl.ts';

/** The view of a request whose stream is shown as it arrives. */
export interface Watch {
  node: HTMLElement;
  signal: AbortSignal;
  /** Shows the stream. Resolves with its text, which is incomplete if the stream broke off. */
  read(body: ReadableStream<Uint8Array>): Promise<string>;
  /** Shows why there is no stream. */
  end(state: string): void;
}

export function createWatch(request: CurlRequest): Watch {
  const started = performance.now();
  const abort = new AbortController();
  const list = createEventList();
  const state = element('span', { class: 'watch-state', role: 'status' }, 'Waiting for the agent');
  const stop = button('Stop', () => abort.abort());
  const elapsed = () => `${((performance.now() - started) / 1000).toFixed(2)} s`;
  const end = (text: string) => {
    state.textContent = text;
    stop.remove();
  };
  const read = async (body: ReadableStream<Uint8Array>) => {
    let text = '';
    state.textContent = 'Streaming';
    try {
      for await (const piece of pieces(body)) {
        text += piece;
        list.add(piece, elapsed());
      }
      end(`Ended: ${list.count()} events in ${elapsed()}`);
    } catch {
      end(`${abort.signal.aborted ? 'Stopped' : 'Broken off'} after ${list.count()} events and ${elapsed()}`);
    }
    return text;
  };
  const curl = element('details', {}, element('summary', {}, 'As a curl command'), toCode(toCurl(request)));
  const head = element('div', { class: 'watch-head' }, element('h4', {}, 'The stream as it arrives'), state, stop);
  return { node: element('div', {}, head, list.node, curl), signal: abort.signal, read, end };
}

/** Decodes the chunks of a stream. Not all browsers can iterate over a stream. */
async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    yield decoder.decode(next.value, { stream: true });
  }
}
