// Lets the page work without a network, and hear alerts, once somebody is signed in.
navigator.serviceWorker?.register('/service-worker.js').catch(() => {});
