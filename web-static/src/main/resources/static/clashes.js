// Says what else happens then while the event is still written. Without it, or without a network,
// the server says so before it publishes.
const WAIT_MS = 400;
const form = document.querySelector('form[data-clashes]');
const box = document.querySelector('#clashes');
let asked = 0;
let waiting;

async function ask() {
  const mine = ++asked;
  const typed = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== 'confirmed');
  try {
    const answer = await fetch(form.dataset.clashes, { method: 'POST', body: new URLSearchParams(typed) });
    if (!answer.ok || mine !== asked) return;
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#clashes');
    if (!found) return;
    // What the page said before was said of another hour.
    document.querySelector('#clashed')?.remove();
    if (found.innerHTML !== box.innerHTML) box.replaceChildren(...found.childNodes);
    box.hidden = !box.firstElementChild;
  } catch {
    // Said on publishing.
  }
}

form.addEventListener('change', (event) => {
  if (event.target.name === 'confirmed' || !form.elements.startDate.value || !form.elements.startTime.value) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT_MS);
});
