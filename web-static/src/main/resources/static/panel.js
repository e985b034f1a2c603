// The screen of the hall: shows one slide after the other, and asks for news now and then.
// Without a network it goes on with what it has. The space bar stops and starts it.
const FRESH_MS = 5 * 60 * 1000;
let main = document.getElementById("main");
const offline = document.getElementById("offline");
const stay = Number(main.dataset.seconds) * 1000;
let shown = Number(main.dataset.shown);
let still = false;

function turn() {
  if (still) return;
  const slides = main.children;
  if (slides.length < 2) return;
  slides[shown % slides.length].hidden = true;
  shown = (shown + 1) % slides.length;
  slides[shown].hidden = false;
}

async function refresh() {
  try {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = next.getElementById("main");
    if (!fresh) throw new Error("no page");
    shown = Math.min(shown, fresh.children.length - 1);
    Array.from(fresh.children, (slide, n) => (slide.hidden = n !== shown));
    main.replaceWith(fresh);
    main = fresh;
    document.getElementById("clock").replaceWith(next.getElementById("clock"));
    offline.hidden = true;
  } catch {
    offline.hidden = false;
  }
}

setInterval(turn, stay);
setInterval(refresh, FRESH_MS);
addEventListener("online", refresh);
addEventListener("offline", () => (offline.hidden = false));
addEventListener("keydown", (event) => {
  if (event.key === " ") still = !still;
  if (event.key === "ArrowRight") turn();
});
