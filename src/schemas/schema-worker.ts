/** The entry point of a checking thread. It replies to each message with the outcome of one check. */
import { parentPort, workerData } from 'node:worker_threads';
import { AnswerChecks, type CheckReply, type CheckRequest } from './answer-checks.ts';
import { TooExpensive } from './scope.ts';

export type WorkerReply = 'ready' | 'too-expensive' | CheckReply;

const checks = new AnswerChecks(workerData);
const reply = (message: WorkerReply): void => parentPort?.postMessage(message);

parentPort?.on('message', (request: CheckRequest) => {
  try {
    reply(checks.check(request));
  } catch (error) {
    if (!(error instanceof TooExpensive)) throw error;
    reply('too-expensive');
  }
});
reply('ready');
