// HTTPS in front of a plain server on loopback, Host and path kept: tls-proxy.mjs PORT BACKEND_PORT CERT KEY
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";

const [port, backend, cert, key] = process.argv.slice(2);
createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (incoming, outgoing) => {
  const { method, url, headers } = incoming;
  const forwarded = request({ host: "127.0.0.1", port: backend, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  forwarded.on("error", () => outgoing.writeHead(502).end());
  incoming.pipe(forwarded);
}).listen(Number(port), "127.0.0.1");
