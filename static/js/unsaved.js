// What was typed into an open question is not thrown away without asking: by another change of the draft, or by
// leaving the page. Without this the browser's Back brings it up again.
(function () {
  const OPEN = '.editing form[data-changed]'

  function mayGo() {
    const form = document.querySelector(OPEN)
    if (!form) return true
    if (!window.confirm(form.dataset.unsaved)) return false
    delete form.dataset.changed
    return true
  }

  document.addEventListener('input', function (event) {
    const form = event.target.closest('.editing form')
    if (form) form.dataset.changed = ''
  })

  // Every request of htmx asks; those of the open question itself keep what was typed.
  document.addEventListener('htmx:confirm', function (event) {
    if (event.detail.target.id === 'draft' && !mayGo()) event.preventDefault()
  })

  document.addEventListener('drafted', function (event) {
    const saved = event.target.closest('.editing form')
    if (saved) delete saved.dataset.changed
  })

  document.addEventListener('moving', function (event) {
    if (!mayGo()) event.preventDefault()
  })

  window.addEventListener('beforeunload', function (event) {
    if (document.querySelector(OPEN)) event.preventDefault()
  })
})()
