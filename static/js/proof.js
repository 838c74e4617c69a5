// While many answers come in at once, the page shows some work before it is sent: a number whose SHA-256
// with the page's own token begins with so many zero bits. It is looked for while the customer answers.
(async () => {
  const form = document.getElementById('F');
  const field = form.elements.proof;
  const bits = Number(field.dataset.bits);
  const token = form.elements.page.value;
  const encoder = new TextEncoder();
  const BATCH = 200;
  let pressed = null;

  const zeros = (digest) => Math.clz32(new DataView(digest).getUint32(0));
  const digest = (number) => crypto.subtle.digest('SHA-256', encoder.encode(token + '.' + number));

  // A press comes before the work is done: it is kept, and counts then.
  const wait = (event) => {
    if (field.value) return;
    event.preventDefault();
    pressed = { button: event.submitter };
    form.setAttribute('aria-busy', 'true');
  };

  const send = () => {
    form.removeAttribute('aria-busy');
    if (pressed) form.requestSubmit(pressed.button || undefined);
  };

  if (!window.crypto || !crypto.subtle || !form.requestSubmit) return;
  form.addEventListener('submit', wait);
  for (let first = 0; !field.value; first += BATCH) {
    const numbers = Array.from({ length: BATCH }, (_, one) => first + one);
    const digests = await Promise.all(numbers.map(digest));
    const found = digests.findIndex((one) => zeros(one) >= bits);
    if (found >= 0) field.value = numbers[found];
  }
  send();
})();
