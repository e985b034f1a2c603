// Reads what wakes an app (Web Push) with an encryption library that is not ours, in both encodings.
// Usage: use_http_ece.mjs ORIGIN TOKEN OTHER_TOKEN, of two people on one server.
import assert from "node:assert";
import crypto from "node:crypto";
import http from "node:http";
import ece from "http_ece";

const [origin, token, otherToken] = process.argv.slice(2);
const call = async (method, path, body, as = token) => {
  const headers = { Authorization: "Bearer " + as, "Content-Type": "application/json" };
  const answer = await fetch(origin + path, { method, headers, body: body && JSON.stringify(body) });
  return { status: answer.status, json: await answer.json() };
};

let status = 201;
let wake = () => {};
const service = http.createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    response.statusCode = status;
    response.end(() => wake({ headers: request.headers, body: Buffer.concat(parts) }));
  });
});
await new Promise((done) => service.listen(0, "127.0.0.1", done));

const privateKey = crypto.createECDH("prime256v1");
privateKey.generateKeys();
const authSecret = crypto.randomBytes(16);
const me = (await call("GET", "/api/v1/accounts/verify_credentials")).json;
const path = "/api/v1/push/subscription";

const woken = async (standard, text) => {
  const keys = { p256dh: privateKey.getPublicKey("base64url"), auth: authSecret.toString("base64url") };
  const endpoint = `http://127.0.0.1:${service.address().port}/wake`;
  const subscription = { endpoint, keys, standard };
  const asked = await call("POST", path, { subscription, data: { alerts: { mention: true }, policy: "all" } });
  assert.equal(asked.status, 200);
  const sent = new Promise((done, no) => {
    wake = done;
    setTimeout(() => no(new Error("no push")), 20_000).unref();
  });
  await call("POST", "/api/v1/statuses", { status: `@${me.acct} ${text}` }, otherToken);
  return sent;
};

let push = await woken(true, "norme");
assert.match(push.headers.authorization, /^vapid t=/);
const standard = ece.decrypt(push.body, { version: "aes128gcm", privateKey, authSecret });
assert.match(JSON.parse(standard).body, /norme/);

push = await woken(false, "brouillon");
const salt = /salt=([^;]+)/.exec(push.headers.encryption)[1];
const dh = /dh=([^;,]+)/.exec(push.headers["crypto-key"])[1];
const draft = ece.decrypt(push.body, { version: "aesgcm", privateKey, authSecret, salt, dh });
assert.match(JSON.parse(draft).body, /brouillon/);

status = 410;
await woken(true, "fin");
for (let i = 0; i < 100 && (await call("GET", path)).status !== 404; i++)
  await new Promise((done) => setTimeout(done, 100));
assert.equal((await call("GET", path)).status, 404);
console.log("http_ece did it all");
process.exit(0);
