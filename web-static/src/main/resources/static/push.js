// Turns alerts on or off in this browser.
const box = document.getElementById('push');
const worker = box && 'PushManager' in window && (await navigator.serviceWorker?.ready);

if (worker) {
  const form = box.querySelector('form');
  const [on, off] = form.querySelectorAll('button');
  const now = await worker.pushManager.getSubscription();
  box.hidden = false;
  on.hidden = now !== null;
  off.hidden = now === null;
  form.addEventListener('submit', (event) => {
    if (event.submitter === off) {
      now?.unsubscribe();
      return;
    }
    event.preventDefault();
    worker.pushManager
      .subscribe({ userVisibleOnly: true, applicationServerKey: box.dataset.key })
      .then((made) => {
        form.elements.subscription.value = JSON.stringify(made);
        form.submit();
      })
      .catch(() => {
        box.querySelector('[role=alert]').textContent = box.dataset.failed;
      });
  });
}
