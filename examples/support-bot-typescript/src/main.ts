import OpenAI from 'openai';
import { draftReply } from './draft-reply.ts';
import { triage } from './triage.ts';

const [ticket = 'Where is my order 42?'] = process.argv.slice(2);
const orders = new Map([['42', { id: '42', status: 'shipped' }]]);
const bot = {
  // Reads OPENAI_API_KEY and OPENAI_BASE_URL.
  openai: new OpenAI(),
  model: process.env['SUPPORT_MODEL'] ?? 'gpt-5-mini',
  findOrder: async (id: string) => orders.get(id),
};
const verdict = await triage(ticket, bot);
console.log(verdict);
await draftReply(verdict, bot, (text) => process.stdout.write(text));
