// While many answers come in at once, the page attaches a proof of work: a number whose SHA-256 with the
// page's own token begins with so many zero bits. It is searched for while the customer answers.
(async () => {
  const BATCH = 200
  const form = document.getElementById('F')
  const field = form.elements.proof
  const bits = Number(field.dataset.bits)
  const token = form.elements.page.value
  const encoder = new TextEncoder()
  let pressed = null

  function leadingZeros(digest) {
    return Math.clz32(new DataView(digest).getUint32(0))
  }

  function digestOf(number) {
    return crypto.subtle.digest('SHA-256', encoder.encode(token + '.' + number))
  }

  // A press that comes before the proof is found is kept, and counts then.
  function wait(event) {
    if (field.value) return
    event.preventDefault()
    pressed = {button: event.submitter}
    form.setAttribute('aria-busy', 'true')
  }

  function send() {
    form.removeAttribute('aria-busy')
    if (pressed) form.requestSubmit(pressed.button || undefined)
  }

  if (!window.crypto || !crypto.subtle || !form.requestSubmit) return
  form.addEventListener('submit', wait)
  for (let first = 0; !field.value; first += BATCH) {
    const numbers = Array.from({length: BATCH}, (_, index) => first + index)
    const digests = await Promise.all(numbers.map(digestOf))
    const found = digests.findIndex(digest => leadingZeros(digest) >= bits)
    if (found >= 0) field.value = numbers[found]
  }
  send()
})()
