// Asks which questions of the page show now, after an answer was changed, and puts them in place.
// Without it, or when it cannot reach the server, sending the page does the same.
(() => {
  const form = document.getElementById('F')
  let request

  function ask() {
    if (request) request.abort()
    request = new AbortController()
    const fields = new URLSearchParams(new FormData(form))
    fields.set('go', 'look')
    fetch(form.action, {method: 'POST', body: fields, signal: request.signal})
      .then(reply => reply.ok && reply.text().then(update))
      .catch(() => {})
  }

  function update(html) {
    const page = new DOMParser().parseFromString(html, 'text/html')
    updateQuestions(form.querySelector('#Q'), page.querySelector('#Q'))
    updateButtons(form.querySelector('#N'), page.querySelector('#N'))
  }

  function byId(list) {
    return new Map([...list.children].map(question => [question.id, question]))
  }

  // A question that is on the page already stays, with what is typed and the focus.
  function updateQuestions(list, newList) {
    const present = byId(list)
    const wanted = byId(newList)
    present.forEach((question, id) => {
      if (!wanted.has(id)) question.remove()
    })
    let next = list.firstElementChild
    wanted.forEach((question, id) => {
      if (present.has(id)) {
        refreshQuestion(present.get(id), question)
        next = present.get(id).nextElementSibling
      } else {
        list.insertBefore(question, next)
      }
    })
  }

  // Its number may have changed, and so may the opinions inside it.
  function refreshQuestion(question, newQuestion) {
    const legend = question.querySelector('legend')
    const newLegend = newQuestion.querySelector('legend')
    if (legend && legend.innerHTML !== newLegend.innerHTML) legend.innerHTML = newLegend.innerHTML

    const opinions = [...question.querySelectorAll('details')]
    const newOpinions = [...newQuestion.querySelectorAll('details')]
    const isSame = (one, other) => one.lastElementChild.name === other.lastElementChild.name
    opinions.forEach(opinion => {
      if (!newOpinions.some(other => isSame(opinion, other))) opinion.remove()
    })
    newOpinions.forEach(opinion => {
      if (!opinions.some(other => isSame(opinion, other))) question.append(opinion)
    })
  }

  function htmlOf(elements) {
    return elements.map(element => element.outerHTML).join()
  }

  // A button that stays the same is not exchanged: it may be being pressed.
  function updateButtons(bar, newBar) {
    const buttons = [...bar.querySelectorAll('button')]
    const newButtons = [...newBar.querySelectorAll('button')]
    if (htmlOf(buttons) !== htmlOf(newButtons)) {
      buttons.forEach(button => button.remove())
      bar.append(...newButtons)
    }
    bar.querySelectorAll('input').forEach(input => input.remove())
    bar.prepend(...newBar.querySelectorAll('input'))
  }

  function isChanged(field) {
    return field.checked !== field.defaultChecked || field.value !== field.defaultValue
  }

  form.addEventListener('change', ask)

  // The page of a step back comes as it was sent, and the browser fills in what was answered since.
  addEventListener('pageshow', () => {
    if ([...form.querySelectorAll('input, textarea')].some(isChanged)) ask()
  })
})()
