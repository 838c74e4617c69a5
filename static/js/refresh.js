// What hangs on a choice in a form is offered at once: it presses the button that does so without this.
(function () {
  let changes = 0

  function refresh(form) {
    const button = form && form.querySelector('[data-refresher]')
    if (button) button.click() // htmx sends the button that was clicked; requestSubmit() would save instead
  }

  document.addEventListener('input', function () {
    changes += 1
  })

  document.addEventListener('change', function (event) {
    if (event.target.matches('[data-refresh]')) refresh(event.target.form)
  })

  document.addEventListener('htmx:beforeRequest', function (event) {
    event.detail.xhr.changes = changes
  })

  // What was typed while the answer was on its way would be lost with it: ask again with that.
  document.addEventListener('htmx:beforeSwap', function (event) {
    const asked = event.detail.requestConfig
    if (asked.parameters.do !== 'refresh' || event.detail.xhr.changes === changes) return
    event.detail.shouldSwap = false
    refresh(asked.elt)
  })
})()
