// Chosen files are added at once; a touch on a picture sets the exact point that matters.
const add = document.querySelector('#add-files');
document.querySelector('#file')?.addEventListener('change', (event) => {
  if (event.target.files.length) add.form.requestSubmit(add);
});

for (const frame of document.querySelectorAll('.focal .frame')) {
  const exact = frame.parentElement.querySelector('.exact');
  const radio = exact.querySelector('input');
  const spot = frame.appendChild(document.createElement('span'));
  spot.className = 'spot';
  const show = () => {
    const [x, y] = (radio.checked ? radio.value : '0,0').split(',').map(Number);
    spot.hidden = !radio.checked;
    spot.style.left = `${(x + 1) * 50}%`;
    spot.style.top = `${(1 - y) * 50}%`;
  };
  frame.addEventListener('click', (event) => {
    // Keys and readers of screens press without a place: they choose one of the nine.
    if (!event.detail) return;
    event.preventDefault();
    const box = frame.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 2 - 1;
    const y = 1 - ((event.clientY - box.top) / box.height) * 2;
    radio.value = `${x.toFixed(2)},${y.toFixed(2)}`;
    exact.hidden = false;
    // After the browser has put back what it had chosen itself.
    setTimeout(() => { radio.checked = true; show(); });
  });
  frame.parentElement.addEventListener('change', show);
  show();
}
