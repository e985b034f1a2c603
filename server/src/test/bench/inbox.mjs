#!/usr/bin/env node
// Signed deliveries into an inbox (Node >= 18, no dependencies). Serves one actor with an RSA key, signs COUNT
// distinct Create(Note) activities beforehand, posts them over CONCURRENCY keep-alive connections and prints a JSON
// line: accepted per second, latencies in ms, status codes; with --stored CMD (a shell command that prints how many
// items the server has stored) also how many per second were stored.
// Usage: inbox.mjs --inbox http://127.0.0.1:8080/inbox [--mention ACTOR] [--count 5000] [--concurrency 16]
//        [--listen 127.0.0.1:4700] [--stored "CMD"] [--mentions 600] [--chain]
// --mentions: so many people of nowhere are named in each note. --chain: each note answers the first of a chain that never
// ends, which this driver serves. Both print how often the server came to ask.
import http from 'node:http';
import crypto from 'node:crypto';
import { execSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values: o } = parseArgs({ options: {
  inbox: { type: 'string' }, mention: { type: 'string' }, stored: { type: 'string' },
  count: { type: 'string', default: '5000' }, concurrency: { type: 'string', default: '16' },
  mentions: { type: 'string', default: '0' }, chain: { type: 'boolean', default: false },
  warmup: { type: 'string', default: '500' }, listen: { type: 'string', default: '127.0.0.1:4700' } } });
const base = `http://${o.listen}`, run = Date.now().toString(36), actor = `${base}/users/driver-${run}`;
const { privateKey, publicKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';
const context = ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'];
const documents = { [`/users/driver-${run}`]: { '@context': context, id: actor, type: 'Person', preferredUsername: 'driver',
  inbox: `${actor}/inbox`, outbox: `${actor}/outbox`, endpoints: { sharedInbox: `${base}/inbox` },
  publicKey: { id: `${actor}#main-key`, owner: actor, publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }) } } };
let asked = 0;
const link = path => { const k = +path.slice(path.lastIndexOf('-') + 1), chain = path.slice(0, path.lastIndexOf('-'));
  return { '@context': context, id: base + path, type: 'Note', attributedTo: actor, to: [PUBLIC], content: `<p>${k}</p>`,
    published: '2026-01-01T00:00:00Z', inReplyTo: `${base}${chain}-${k + 1}` }; };
const server = http.createServer((request, response) => {
  request.resume();
  asked++;
  if (request.method === 'POST') return void response.writeHead(202).end();
  const found = request.url.startsWith('/chain') ? link(request.url) : documents[request.url];
  response.writeHead(found ? 200 : 404, { 'Content-Type': 'application/activity+json' }).end(JSON.stringify(found ?? {}));
});
const [host, port] = o.listen.split(':');
await new Promise(done => server.listen(+port, host, done));

const inbox = new URL(o.inbox);
function signed(n) {
  const note = `${actor}/notes/${run}-${n}`, at = new Date().toISOString();
  const cc = [`${actor}/followers`, ...(o.mention ? [o.mention] : [])];
  const body = Buffer.from(JSON.stringify({ '@context': context, id: `${note}/activity`, type: 'Create', actor, published: at,
    to: [PUBLIC], cc, object: { id: note, type: 'Note', attributedTo: actor, published: at, to: [PUBLIC], cc, url: note,
      content: `<p>Note ${n} of run ${run}: the street library is open again.</p>`,
      ...(o.chain ? { inReplyTo: `${base}/chain${run}${n}-0` } : {}),
      tag: [...(o.mention ? [{ type: 'Mention', href: o.mention, name: o.mention }] : []),
        ...Array.from({ length: +o.mentions }, (_, i) => ({ type: 'Mention', href: `https://h${i}.example/u`, name: '@u' }))] } }));
  const date = new Date().toUTCString(), digest = 'SHA-256=' + crypto.createHash('sha256').update(body).digest('base64');
  const text = `(request-target): post ${inbox.pathname}\nhost: ${inbox.host}\ndate: ${date}\ndigest: ${digest}`;
  const signature = crypto.sign('sha256', Buffer.from(text), privateKey).toString('base64');
  return { body, headers: { Host: inbox.host, Date: date, Digest: digest, 'Content-Type': 'application/activity+json',
    'Content-Length': body.length,
    Signature: `keyId="${actor}#main-key",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="${signature}"` } };
}
const agent = new http.Agent({ keepAlive: true, maxSockets: +o.concurrency });
const codes = {};
const post = ({ body, headers }) => new Promise(done => {
  const start = process.hrtime.bigint();
  const over = code => { codes[code] = (codes[code] ?? 0) + 1; done(Number(process.hrtime.bigint() - start) / 1e6); };
  const request = http.request(inbox, { agent, method: 'POST', headers }, response => {
    response.resume();
    response.on('end', () => over(response.statusCode));
  });
  request.on('error', error => over(error.code));
  request.end(body);
});
async function drive(requests) {
  const times = []; let next = 0;
  await Promise.all(Array.from({ length: +o.concurrency }, async () => {
    while (next < requests.length) times.push(await post(requests[next++]));
  }));
  return times.sort((a, b) => a - b);
}
const stored = () => +execSync(o.stored, { shell: '/bin/bash' }).toString().trim();
const sleep = ms => new Promise(done => setTimeout(done, ms));
const N = +o.count;
await drive(Array.from({ length: +o.warmup }, (_, i) => signed(`w${i}`)));
const requests = Array.from({ length: N }, (_, i) => signed(i));
await sleep(3000);
for (const code in codes) delete codes[code];
const before = o.stored ? stored() : 0, start = Date.now();
const times = await drive(requests);
const seconds = (Date.now() - start) / 1000, at = p => +times[Math.min(times.length - 1, Math.floor(times.length * p))].toFixed(1);
const result = { count: N, asked_back: asked, seconds, accepted_per_s: Math.round(N / seconds), p50: at(.5), p99: at(.99), max: at(1), codes };
if (o.stored) {
  const end = Date.now() + 120_000;
  while (stored() - before < N && Date.now() < end) await sleep(100);
  result.stored = stored() - before;
  result.stored_per_s = Math.round(result.stored * 1000 / (Date.now() - start));
}
console.log(JSON.stringify(result));
process.exit(0);
