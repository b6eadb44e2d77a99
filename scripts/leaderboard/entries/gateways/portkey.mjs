/** Starts Portkey, and before it a forwarder that adds the headers which choose its upstream. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';

const [port, program, target] = process.argv.slice(2);
const own = { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${target}/v1` };

const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const inner = probe.address().port;
probe.close();
await once(probe, 'close');
spawn(process.execPath, [program, '--headless', `--port=${inner}`], { stdio: 'inherit' });

const toOptions = ({ url, method, headers }) => ({
  host: '127.0.0.1',
  port: inner,
  path: url,
  method,
  headers: { ...headers, ...own },
  agent: false,
});
const server = createServer((incoming, outgoing) => {
  const forwarded = request(toOptions(incoming), (reply) => {
    outgoing.writeHead(reply.statusCode, reply.rawHeaders);
    reply.pipe(outgoing);
  });
  forwarded.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(503).end()));
  outgoing.on('close', () => forwarded.destroy());
  incoming.pipe(forwarded);
});
server.on('upgrade', (incoming, socket) => {
  const forwarded = request(toOptions(incoming));
  const answer = ({ statusCode, statusMessage, rawHeaders }) => {
    const lines = rawHeaders.flatMap((name, index) => (index % 2 ? [] : [`${name}: ${rawHeaders[index + 1]}`]));
    socket.write([`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines, '', ''].join('\r\n'));
  };
  forwarded.on('upgrade', (reply, peer, head) => {
    answer(reply);
    socket.write(head);
    peer.pipe(socket).pipe(peer);
    peer.on('error', () => socket.destroy());
  });
  forwarded.on('response', (reply) => {
    answer(reply);
    reply.pipe(socket);
  });
  forwarded.on('error', () => socket.destroy());
  socket.on('error', () => forwarded.destroy());
  forwarded.end();
});
server.listen(Number(port), '127.0.0.1');
