// What hangs on a choice in a form is offered at once: it presses the button that does so without this.
document.addEventListener('change', function (event) {
  if (!event.target.matches('[data-refresh]')) return
  const button = event.target.form.querySelector('[data-refresher]')
  if (button) event.target.form.requestSubmit(button)
})
