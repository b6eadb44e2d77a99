import type { Bot, Triage } from './triage.ts';

/** Streams a draft of the reply to a customer. Returns all of it. Rejects if the stream ends early. */
export async function draftReply(
  { category, summary }: Triage,
  { openai, model }: Pick<Bot, 'openai' | 'model'>,
  onText: (text: string) => void,
): Promise<string> {
  const input = `Draft a reply to a customer. Category: ${category}. ${summary}`;
  const events = await openai.responses.create({ model, input, stream: true });
  let draft = '';
  for await (const event of events) {
    if (event.type === 'response.output_text.delta') {
      draft += event.delta;
      onText(event.delta);
    }
    if (event.type === 'response.completed') return draft;
  }
  throw new Error('The draft was cut short.');
}
