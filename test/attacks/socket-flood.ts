/**
 * A client that sends large messages on many WebSockets at once. It runs in its own process, so that its work does not
 * delay the server.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { toSocketUrl } from '../websocket/connect-socket.ts';

export interface SocketFloodOptions {
  /** URL of the server: `http://127.0.0.1:PORT`. */
  url: string;
  sockets: number;
  /** Number of messages on each socket, sent without waiting for an answer. */
  frames: number;
  frameBytes: number;
  /** Milliseconds after which the client closes open sockets. */
  patienceMs: number;
}

/** Counts of terminal events by type, errors by code, and closes by `closed CODE`. */
export type FloodReport = Record<string, number>;

export async function floodSockets(options: SocketFloodOptions): Promise<FloodReport> {
  const child = fork(import.meta.filename, [JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [report] = await once(child, 'message');
  return report;
}

/** A mask of zeros, which saves the client a copy of each message. */
const generateMask = (mask: Buffer): void => {
  mask.fill(0);
};

async function flood({ url, sockets, frames, frameBytes, patienceMs }: SocketFloodOptions): Promise<FloodReport> {
  const report: FloodReport = {};
  const count = (name: string) => {
    report[name] = (report[name] ?? 0) + 1;
  };
  const input = [
    { role: 'user', content: 'a'.repeat(frameBytes) },
    { role: 'user', content: '/say Fine.' },
  ];
  const frame = Buffer.from(JSON.stringify({ type: 'response.create', store: false, input }));
  const attack = async (): Promise<void> => {
    const socket = new WebSocket(toSocketUrl(url), { perMessageDeflate: false, generateMask });
    socket.on('error', () => undefined);
    socket.on('close', (code) => count(`closed ${code}`));
    await once(socket, 'open');
    let answers = 0;
    socket.on('message', (data) => {
      const { type, error } = JSON.parse(`${data}`);
      if (type !== 'error' && type !== 'response.completed' && type !== 'response.failed') return;
      count(error?.code ?? type);
      answers += 1;
      if (answers === frames) socket.close();
    });
    for (let sent = 0; sent < frames; sent++) socket.send(frame, { binary: false });
    const closed = socket.readyState === socket.CLOSED ? undefined : once(socket, 'close');
    await Promise.race([closed, delay(patienceMs)]);
    socket.terminate();
  };
  await Promise.all(Array.from({ length: sockets }, () => attack().catch(() => count('failed'))));
  return report;
}

if (import.meta.main) {
  process.on('disconnect', () => process.exit());
  const report = await flood(JSON.parse(process.argv[2] ?? ''));
  process.send?.(report, () => process.exit());
}
