// Questions are dragged by their grip; without this the buttons beside them do the same.
(function () {
  let dragged = null
  let home = null // the item that followed it

  function items() {
    return Array.from(document.querySelectorAll('.items > .item'))
  }

  // The item before which the dragged one falls at this height; null: after the last.
  function target(y) {
    return items().find(function (item) {
      const box = item.getBoundingClientRect()
      return item !== dragged && y < box.top + box.height / 2
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
    const item = dragged
    dragged = null
    item.classList.remove('dragged')
    const next = item.nextElementSibling
    if (next === home) return
    if (!document.dispatchEvent(new CustomEvent('moving', { cancelable: true }))) {
      item.parentElement.insertBefore(item, home)
      return
    }
    const address = item.parentElement.dataset.move.replace('CODE', item.dataset.code)
    htmx.ajax('POST', address, { target: '#draft', values: { before: next ? next.dataset.code : '' } })
  })

  document.addEventListener('pointercancel', function () {
    if (dragged) dragged.classList.remove('dragged')
    dragged = null
  })
})()
