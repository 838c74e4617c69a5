// What hangs on a choice in a form is offered at once: it presses the button that does so without this.
document.addEventListener('change', function (event) {
  if (!event.target.matches('[data-refresh]')) return
  const button = event.target.form.querySelector('[data-refresher]')
  if (button) button.click() // htmx sends the button that was clicked; requestSubmit() would save instead
})
