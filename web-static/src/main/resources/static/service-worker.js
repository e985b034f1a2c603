// Shows a page of its own when there is no network, and alerts when they come. Keeps no page of
// anybody's: what is read stays between the browser and the server.
const KEPT = 'placette-1';

async function prepare() {
  const cache = await caches.open(KEPT);
  const page = await fetch('/offline', { credentials: 'omit' });
  const links = (await page.clone().text()).matchAll(/<link rel="stylesheet" href="([^"]+)"/g);
  await cache.put('/offline', page);
  await cache.addAll([...links].map((link) => link[1].replaceAll('&amp;', '&')));
}

addEventListener('install', (event) => event.waitUntil(prepare().then(() => skipWaiting())));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate')
    event.respondWith(fetch(request).catch(() => caches.match('/offline')));
  else if (request.destination === 'style')
    event.respondWith(fetch(request).catch(() => caches.match(request)));
});

addEventListener('push', (event) => {
  const said = event.data?.json() ?? {};
  event.waitUntil(
    registration.showNotification(said.title ?? '', {
      body: said.body,
      icon: said.icon,
      tag: said.notification_id,
      lang: said.preferred_locale,
    }),
  );
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow('/notifications'));
});
