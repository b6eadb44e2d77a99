import type { ContractDocument, RecordedExample, RecordedMedia } from './contract-document.ts';

/** A request or a reply as it was sent. */
export interface Example {
  title: string;
  value: unknown;
}

/** A recorded stream, with the request that caused it. */
export interface Transcript {
  title: string;
  body: unknown;
  stream: string;
}

/** Lists the JSON examples of a body, with their values. */
export function listExamples(document: ContractDocument, media: RecordedMedia | undefined): Example[] {
  if (media?.example !== undefined) return [{ title: 'Example', value: media.example }];
  return listNamed(document, media).map(({ summary, value }) => ({ title: toTitle(summary), value }));
}

/** Lists the recorded streams of a body. */
export function listTranscripts(document: ContractDocument, media: RecordedMedia | undefined): Transcript[] {
  return listNamed(document, media).map(({ summary, value, 'x-request': request }) => ({
    title: toTitle(summary),
    body: request?.body,
    stream: String(value),
  }));
}

function listNamed({ components }: ContractDocument, media: RecordedMedia | undefined): RecordedExample[] {
  return Object.values(media?.examples ?? {}).flatMap((example) => {
    const found = '$ref' in example ? components.examples[example.$ref.split('/').at(-1) ?? ''] : example;
    return found?.value === undefined ? [] : [found];
  });
}

const toTitle = (summary = 'Example'): string => summary.replaceAll('`', '');
