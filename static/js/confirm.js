// <form data-confirm="…"> asks before it is sent; without JavaScript it is simply sent.
document.addEventListener('submit', function (event) {
  const question = event.target.dataset.confirm
  if (question && !window.confirm(question)) {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
}, true)
