import { StringDecoder } from 'node:string_decoder';
import { createParser } from 'eventsource-parser';
import { ApiError } from '../errors/api-error.ts';

export interface SseDecoder {
  /** Any slice of the stream: characters, line ends and events may be split anywhere. */
  feed(bytes: Buffer): void;
  /** The stream ended cleanly. Gives out a last event that lacks its blank line: some servers close without it. */
  end(): void;
}

export interface SseDecoderOptions {
  /** The longest event. A longer one throws `upstream_error` from `feed`, which must not be called again. */
  maxEventBytes: number;
  /** Called for each event in order, from within `feed` or `end`; what it throws comes out there. */
  onEvent(data: string, event: string | undefined): void;
}

/** Decodes server-sent events (WHATWG HTML, 9.2.6) from bytes. Comments, ids and retry times are dropped. */
export function createSseDecoder({ maxEventBytes, onEvent }: SseDecoderOptions): SseDecoder {
  let split: StringDecoder | undefined;
  const toText = (bytes: Buffer): string => {
    // Nearly every read ends with a line end; only one that may end within a character needs the decoder's memory.
    if (split === undefined && endsWithAscii(bytes)) return bytes.toString('utf8');
    split ??= new StringDecoder('utf8');
    return split.write(bytes);
  };
  const tooLong = () => new ApiError('upstream_error', 'The agent sent an event that is too long.');
  const parser = createParser({
    // The parser counts characters, of which there are never more than bytes.
    maxBufferSize: maxEventBytes,
    onEvent({ data, event }) {
      if (data.length > maxEventBytes) throw tooLong();
      onEvent(data, event);
    },
    onError(error) {
      // The other kinds are lines to ignore: the specification asks for that.
      if (error.type === 'max-buffer-size-exceeded') throw tooLong();
    },
  });
  return {
    feed: (bytes) => parser.feed(toText(bytes)),
    end: () => parser.feed(`${split?.end() ?? ''}\n\n`),
  };
}

const endsWithAscii = (bytes: Buffer): boolean => (bytes.at(-1) ?? 0) < 0x80;
