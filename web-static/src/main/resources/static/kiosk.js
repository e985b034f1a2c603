// The kiosk: goes back to its first page when nobody has touched it for a minute.
const REST_MS = 60 * 1000;
let last = Date.now();
for (const touch of ["pointerdown", "keydown", "scroll", "wheel"]) {
  addEventListener(touch, () => (last = Date.now()), { passive: true, capture: true });
}
setInterval(() => {
  if (Date.now() - last < REST_MS || !navigator.onLine) return;
  last = Date.now();
  location.replace("/borne");
}, 1000);
