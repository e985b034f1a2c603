// Gancio's server part (federation and JSON API; no web pages, so no Nuxt build) on loopback, with a control port.
//   node gancio.cjs CHECKOUT DATA PORT CONTROL_PORT BASE_URL
// CHECKOUT is a checkout of Gancio with its server dependencies installed (docs/interop.md says how).
// Control: POST JSON to /trust {url}, /follow {actor} (the same again unfollows), /event {title, …}, /edit {id, title, …},
// /delete {id}, /events, /actors, /instances.
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");

const [checkout, data, port, controlPort, baseurl] = process.argv.slice(2);
const folder = path.resolve(data);
fs.mkdirSync(path.join(folder, "uploads", "thumb"), { recursive: true });
const configFile = path.join(folder, "config.json");
const configured = {
  baseurl,
  hostname: new URL(baseurl).hostname,
  server: { host: "127.0.0.1", port: Number(port) },
  log_level: "debug",
  log_path: folder,
  db: { dialect: "sqlite", storage: path.join(folder, "gancio.sqlite"), logging: false },
  upload_path: path.join(folder, "uploads"),
};
if (!fs.existsSync(configFile)) fs.writeFileSync(configFile, JSON.stringify(configured));
process.env.cwd = folder;
process.env.config_path = configFile;
process.chdir(path.resolve(checkout));

const server = (file) => require(path.resolve(checkout, "server", file));
const config = server("config.js");
const { handler } = server("routes.js");

const until = async (condition) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 100));
};

const api = async (token, method, where, body) => {
  const answer = await fetch(`http://127.0.0.1:${port}${where}`, {
    method,
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  try { return { status: answer.status, body: JSON.parse(text) }; } catch { return { status: answer.status, body: text }; }
};

(async () => {
  await until(() => config.status === "READY");
  const models = server("api/models/models.js");
  if (!(await models.User.findOne({ where: { email: "admin" } }))) {
    await models.User.create({ email: "admin", password: "admin-of-gancio", is_admin: true, is_active: true, role: "admin" });
  }
  await new Promise((resolve) => http.createServer(handler).listen(Number(port), "127.0.0.1", resolve));
  const login = { username: "admin", password: "admin-of-gancio", grant_type: "password", client_id: "self" };
  const answer = await fetch(`http://127.0.0.1:${port}/oauth/login`, { method: "POST", body: new URLSearchParams(login) });
  const token = (await answer.json()).access_token;
  const verbs = {
    trust: (asked) => api(token, "POST", "/api/instances/add_trust", asked),
    follow: ({ actor }) => api(token, "PUT", "/api/instances/follow", { ap_id: actor }),
    event: (asked) => api(token, "POST", "/api/event", asked),
    edit: (asked) => api(token, "PUT", "/api/event", asked),
    delete: ({ id }) => api(token, "DELETE", `/api/event/${id}`),
    events: async () => (await models.Event.findAll({ include: [models.Place, models.Tag] })).map((event) => event.toJSON()),
    actors: async () => (await models.APUser.findAll()).map((actor) => ({ ...actor.toJSON(), object: undefined })),
    instances: async () => (await models.Instance.findAll()).map((instance) => instance.toJSON()),
    resources: async () => (await models.Resource.findAll()).map((resource) => resource.toJSON()),
  };
  http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    try {
      const answer = await verbs[request.url.slice(1)](chunks.length ? JSON.parse(Buffer.concat(chunks)) : {});
      response.end(JSON.stringify(answer));
    } catch (error) {
      response.writeHead(500).end(JSON.stringify({ error: String(error?.stack ?? error) }));
    }
  }).listen(Number(controlPort), "127.0.0.1", () =>
    console.log(JSON.stringify({ actor: `${baseurl}/federation/u/relay`, control: `http://127.0.0.1:${controlPort}` })));
})();
