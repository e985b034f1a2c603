#!/usr/bin/env node
// Many receiving hosts in one process (Node >= 18, no dependencies): listens on HOSTS loopback addresses
// 127.0.1.1, 127.0.1.2 ... at one port, answers 202 to every POST, and prints one JSON line for each EXPECT
// deliveries: how long they took from the first on, per second, hosts seen, repeated (activity, host) pairs.
// Usage: sink.mjs --port 4800 --hosts 200 --expect 5000 [--dead 0]   (the last DEAD hosts never answer)
import http from 'node:http';
import { parseArgs } from 'node:util';
const { values: o } = parseArgs({ options: {
  port: { type: 'string', default: '4800' }, hosts: { type: 'string', default: '200' },
  expect: { type: 'string', default: '5000' }, dead: { type: 'string', default: '0' } } });
const hosts = +o.hosts, expect = +o.expect, dead = +o.dead;
let first = 0, count = 0, repeated = 0, seen = new Set(), pairs = new Set();
const server = http.createServer((request, response) => {
  const host = request.socket.localAddress;
  const n = Number(host.split('.')[2] - 1) * 250 + Number(host.split(".")[3]);
  let body = '';
  request.on('data', part => body += part);
  request.on('end', () => {
    if (n > hosts - dead) return;
    first ||= Date.now();
    count++;
    seen.add(host);
    const pair = host + ' ' + JSON.parse(body).id;
    if (pairs.has(pair)) repeated++;
    pairs.add(pair);
    response.writeHead(202).end();
    if (count === expect) {
      const seconds = (Date.now() - first) / 1000;
      console.log(JSON.stringify({ delivered: count, seconds, per_s: +(count / seconds).toFixed(1), hosts: seen.size, repeated }));
      first = 0; count = 0; repeated = 0; seen = new Set(); pairs = new Set();
    }
  });
});
server.keepAliveTimeout = 60000;
let ready = 0;
const address = n => `127.0.${1 + Math.floor((n - 1) / 250)}.${1 + (n - 1) % 250}`;
for (let n = 1; n <= hosts; n++) {
  const listener = n === 1 ? server : http.createServer((q, r) => server.emit('request', q, r));
  listener.keepAliveTimeout = 60000;
  listener.listen(+o.port, address(n), () => { if (++ready === hosts) console.log('ready'); });
}
