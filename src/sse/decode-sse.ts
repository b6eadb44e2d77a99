import { StringDecoder } from 'node:string_decoder';
import { createParser } from 'eventsource-parser';
import { ApiError } from '../errors/api-error.ts';

export interface SseDecoder {
  /** Decodes the next bytes. Characters, line ends and events may be split anywhere. */
  feed(bytes: Buffer): void;
  /** Ends the stream. Emits a last event without its blank line, which some servers omit. */
  end(): void;
}

export interface SseDecoderOptions {
  /** The most bytes of an event. A longer one throws `upstream_error` from `feed`, which must not be called again. */
  maxEventBytes: number;
  /** Receives each event in order during `feed` or `end`, which rethrow its errors. */
  onEvent(data: string, event: string | undefined): void;
  /** Receives lines that the specification ignores because their field is unknown, except for those split between reads. */
  onUnknownLine?(line: string): void;
}

/** Creates a decoder of server-sent events (WHATWG HTML, 9.2.6). Ignores comments, ids and retry times. */
export function createSseDecoder({ maxEventBytes, onEvent, onUnknownLine }: SseDecoderOptions): SseDecoder {
  let split: StringDecoder | undefined;
  const toText = (bytes: Buffer): string => {
    // Nearly every read ends with a line end. Only a split character needs a StringDecoder.
    if (split === undefined && endsWithAscii(bytes)) return bytes.toString('utf8');
    split ??= new StringDecoder('utf8');
    return split.write(bytes);
  };
  const tooLong = () => new ApiError('upstream_error', 'The agent sent an event that is too long.');
  const parser = createParser({
    // The parser counts characters, never more than bytes.
    maxBufferSize: maxEventBytes,
    onEvent({ data, event }) {
      if (data.length > maxEventBytes) throw tooLong();
      onEvent(data, event);
    },
    onError(error) {
      // The specification ignores lines with the other errors.
      if (error.type === 'max-buffer-size-exceeded') throw tooLong();
      if (error.type === 'unknown-field' && error.line) onUnknownLine?.(error.line);
    },
  });
  return {
    feed: (bytes) => parser.feed(toText(bytes)),
    end: () => parser.feed(`${split?.end() ?? ''}\n\n`),
  };
}

const endsWithAscii = (bytes: Buffer): boolean => (bytes.at(-1) ?? 0) < 0x80;
