import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { createCaseRandom } from './case-random.ts';
import { makeHostileAnswer } from './hostile-answer.ts';

/** How long an answer that lingers stays open after its last byte. */
const lingerMs = 200;

/** An upstream that answers a text `fuzz:SEED:INDEX:` alone as that case has it, and everything else soundly. */
export function startHostileUpstream(): Promise<Upstream> {
  return startUpstream({
    async answer({ path, body }, response) {
      if (path !== '/v1/chat/completions') return false;
      const name = /^fuzz:(\d+):(\d+):$/.exec(lastText(body));
      if (name === null) return false;
      // Not the choices of the request itself: those of a neighbour.
      const random = createCaseRandom(Number(name[1]) + 1, Number(name[2]));
      await send(response, makeHostileAnswer(random, body.stream === true));
      return true;
    },
  });
}

function lastText(body: { messages?: { role?: string; content?: unknown }[] }): string {
  const content = body.messages?.findLast(({ role }) => role === 'user')?.content;
  return typeof content === 'string' ? content : '';
}

async function send(response: ServerResponse, answer: ReturnType<typeof makeHostileAnswer>): Promise<void> {
  for (const status of answer.interim) {
    if (status === 100) response.writeContinue();
    else if (status === 102) response.writeProcessing();
    else response.writeEarlyHints({ link: '</x>; rel=preload' });
  }
  response.writeHead(answer.status, answer.headers);
  for (const piece of answer.pieces) {
    response.write(piece);
    await delay(1);
  }
  if (answer.ending === 'destroy') {
    response.destroy();
    return;
  }
  if (answer.ending === 'linger') await delay(lingerMs);
  response.end();
}
