// Passkeys: making one (settings) and signing in with one. Without this, passwords work.
const text = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const bytes = (base64url) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

async function begin(form, address) {
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  if (answer.status === 422) throw new Error('password');
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function send(form, challenge, answer) {
  form.elements.challenge.value = challenge;
  form.elements.answer.value = JSON.stringify(answer);
  form.submit();
}

async function make(form) {
  const asked = await begin(form, '/settings/security/passkeys/begin');
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { id: asked.host, name: asked.place },
      user: { id: bytes(asked.user), name: asked.name, displayName: asked.name },
      challenge: bytes(asked.challenge),
      pubKeyCredParams: asked.algorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: asked.known.map((id) => ({ type: 'public-key', id: bytes(id) })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    },
  });
  form.elements.password.value = '';
  send(form, asked.challenge, {
    id: text(made.rawId),
    clientData: text(made.response.clientDataJSON),
    authenticatorData: text(made.response.getAuthenticatorData()),
    publicKey: text(made.response.getPublicKey()),
    algorithm: made.response.getPublicKeyAlgorithm(),
  });
}

async function use(form) {
  const asked = await begin(form, '/sign-in/passkey/begin');
  const used = await navigator.credentials.get({
    publicKey: { challenge: bytes(asked.challenge), rpId: asked.host, userVerification: 'required' },
  });
  send(form, asked.challenge, {
    id: text(used.rawId),
    clientData: text(used.response.clientDataJSON),
    authenticatorData: text(used.response.authenticatorData),
    signature: text(used.response.signature),
  });
}

for (const [id, work] of [['new-passkey', make], ['passkey', use]]) {
  const form = document.getElementById(id);
  if (!form || !window.PublicKeyCredential) continue;
  form.hidden = false;
  const said = form.querySelector('[role=alert]');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    said.textContent = '';
    work(form).catch((problem) => {
      said.textContent = problem.message === 'password' ? said.dataset.wrong : said.dataset.failed;
    });
  });
}
if (new URLSearchParams(location.search).get('passkey') === 'no') {
  const said = document.querySelector('#passkey [role=alert]');
  if (said) said.textContent = said.dataset.failed;
}
