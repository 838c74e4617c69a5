// Every htmx request carries the token that Flask-WTF expects.
document.addEventListener('htmx:configRequest', function (event) {
  const token = document.querySelector('meta[name="csrf-token"]')
  if (token) event.detail.headers['X-CSRFToken'] = token.content
})
