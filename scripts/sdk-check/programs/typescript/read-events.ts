import { EventSourceParserStream } from 'eventsource-parser/stream';

/** Yields the JSON of each `data:` line of a stream. */
export async function* readEvents<Event>(body: ReadableStream<Uint8Array> | null | undefined): AsyncGenerator<Event> {
  if (!body) throw new Error('The reply has no body.');
  const text = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>);
  for await (const { data } of text.pipeThrough(new EventSourceParserStream())) {
    if (data !== '[DONE]') yield JSON.parse(data);
  }
}
