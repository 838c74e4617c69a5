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
      .then(reply => reply.ok ? reply.text() : Promise.reject(reply.status))
      .then(put)
      .catch(() => {})
  }

  function put(html) {
    const page = document.createElement('template')
    page.innerHTML = html
    questions(form.querySelector('#Q'), page.content.querySelector('#Q'))
    buttons(form.querySelector('#N'), page.content.querySelector('#N'))
  }

  // What stands there already stays, with what is typed and the focus.
  function questions(mine, theirs) {
    const shown = new Map([...theirs.children].map(one => [one.id, one]))
    const here = new Map([...mine.children].map(one => [one.id, one]))
    here.forEach((one, id) => shown.has(id) || one.remove())
    let place = mine.firstElementChild
    shown.forEach((one, id) => {
      if (here.has(id)) {
        number(here.get(id), one)
        place = here.get(id).nextElementSibling
      } else mine.insertBefore(one, place)
    })
  }

  function number(mine, theirs) {
    const [old, now] = [mine, theirs].map(one => one.querySelector('legend'))
    if (old && old.innerHTML !== now.innerHTML) old.innerHTML = now.innerHTML
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
})()
