// Questions are dragged by their grip; without this the buttons beside them do the same.
(function () {
  let dragged = null
  let home = null // what followed it

  function items() {
    return Array.from(document.querySelectorAll('.items > .item'))
  }

  // The item before which the dragged one falls at this height; null: after the last.
  function target(y) {
    return items().find(function (one) {
      const box = one.getBoundingClientRect()
      return one !== dragged && y < box.top + box.height / 2
    }) || null
  }

  document.addEventListener('pointerdown', function (event) {
    const grip = event.target.closest('.grip')
    if (!grip || event.button) return
    dragged = grip.closest('.item')
    home = dragged.nextElementSibling
    dragged.classList.add('dragged')
    grip.setPointerCapture(event.pointerId)
    event.preventDefault()
  })

  document.addEventListener('pointermove', function (event) {
    if (!dragged) return
    const before = target(event.clientY)
    const list = dragged.parentElement
    if (before ? before.previousElementSibling !== dragged : list.lastElementChild !== dragged) {
      list.insertBefore(dragged, before)
    }
    if (event.clientY < 80) window.scrollBy(0, -12)
    if (event.clientY > window.innerHeight - 80) window.scrollBy(0, 12)
  })

  document.addEventListener('pointerup', function () {
    if (!dragged) return
    const one = dragged
    dragged = null
    one.classList.remove('dragged')
    const next = one.nextElementSibling
    if (next === home) return
    if (!document.dispatchEvent(new CustomEvent('moving', { cancelable: true }))) {
      one.parentElement.insertBefore(one, home)
      return
    }
    const address = one.parentElement.dataset.move.replace('CODE', one.dataset.code)
    htmx.ajax('POST', address, { target: '#draft', values: { before: next ? next.dataset.code : '' } })
  })

  document.addEventListener('pointercancel', function () {
    if (dragged) dragged.classList.remove('dragged')
    dragged = null
  })
})()
