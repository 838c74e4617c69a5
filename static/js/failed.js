// Says when a request of htmx did not get through; what was typed stays where it is.
(function () {
  function show(failed) {
    document.getElementById('failed').hidden = !failed
  }

  for (const name of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) {
    document.addEventListener(name, function () { show(true) })
  }

  document.addEventListener('htmx:afterOnLoad', function (event) {
    if (event.detail.xhr.status < 400) show(false)
  })
})()
