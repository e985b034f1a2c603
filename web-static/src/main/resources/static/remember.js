// Remembers one's own server in this browser alone, and fills it in the next time.
const KEY = 'own-server';
const field = document.querySelector('#server');
try {
  if (field && !field.value) field.value = localStorage.getItem(KEY) ?? '';
  field?.form?.addEventListener('submit', () => localStorage.setItem(KEY, field.value.trim()));
} catch {
  // A browser that keeps nothing: the name is typed again.
}
