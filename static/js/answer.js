// Asks which questions of the page show now, after an answer was changed, and puts them in place.
// Without it, or when it cannot reach the server, sending the page does the same.
(() => {
  const form = document.getElementById('F')
  let asking

  function ask() {
    if (asking) asking.abort()
    asking = new AbortController()
    const fields = new URLSearchParams(new FormData(form))
    fields.set('go', 'look')
    fetch(form.action, {method: 'POST', body: fields, signal: asking.signal})
      .then(reply => reply.ok && reply.text().then(put)).catch(() => {})
  }

  function put(html) {
    const page = new DOMParser().parseFromString(html, 'text/html')
    questions(form.querySelector('#Q'), page.querySelector('#Q'))
    buttons(form.querySelector('#N'), page.querySelector('#N'))
  }

  // What stands there already stays, with what is typed and the focus.
  function questions(mine, theirs) {
    const [here, shown] = [mine, theirs].map(all => new Map([...all.children].map(one => [one.id, one])))
    here.forEach((one, id) => shown.has(id) || one.remove())
    let place = mine.firstElementChild
    shown.forEach((one, id) => {
      if (here.has(id)) {
        refresh(here.get(id), one)
        place = here.get(id).nextElementSibling
      } else mine.insertBefore(one, place)
    })
  }

  // Its number may be another now, and so may the opinions that lie within.
  function refresh(mine, theirs) {
    const [old, now] = [mine, theirs].map(one => one.querySelector('legend'))
    if (old && old.innerHTML !== now.innerHTML) old.innerHTML = now.innerHTML
    const [here, shown] = [mine, theirs].map(one => [...one.querySelectorAll('details')])
    const same = (one, other) => one.lastElementChild.name === other.lastElementChild.name
    here.forEach(one => shown.some(other => same(one, other)) || one.remove())
    shown.forEach(one => here.some(other => same(one, other)) || mine.append(one))
  }

  // A button that stays the same is not exchanged: it may be being pressed.
  function buttons(mine, theirs) {
    const [old, now] = [mine, theirs].map(one => [...one.querySelectorAll('button')])
    if (old.map(one => one.outerHTML).join() !== now.map(one => one.outerHTML).join()) {
      old.forEach(one => one.remove())
      mine.append(...now)
    }
    mine.querySelectorAll('input').forEach(one => one.remove())
    mine.prepend(...theirs.querySelectorAll('input'))
  }

  form.addEventListener('change', ask)
  // The page of a step back comes as it was sent, and the browser fills in what was answered since.
  const isChanged = one => one.checked !== one.defaultChecked || one.value !== one.defaultValue
  addEventListener('pageshow', () => [...form.querySelectorAll('input, textarea')].some(isChanged) && ask())
})()
