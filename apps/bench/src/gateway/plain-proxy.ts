/** A process that passes requests on and does nothing else: what Node itself takes for a proxy, with connections kept open on both sides. */
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

const target = new URL(process.argv[2] as string);
const agent = new Agent({ keepAlive: true, maxSockets: 1024 });

const server = createServer({ keepAliveTimeout: 600_000 }, (incoming, response) => {
  const { method, url: path, headers } = incoming;
  const upstream = request({ agent, host: target.hostname, port: target.port, method, path, headers: { ...headers, host: target.host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.on('error', () => response.destroy());
  incoming.pipe(upstream);
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 8192 }, () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
