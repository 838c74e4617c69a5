// Reads customers' codes with the camera where the browser can; everywhere else they are typed or scanned by hand.
(async () => {
  const form = document.getElementById('code-form')
  const box = document.getElementById('scanner')
  if (!form || !window.BarcodeDetector || !navigator.mediaDevices) return
  const formats = await BarcodeDetector.getSupportedFormats()
  if (!formats.includes('qr_code')) return
  const detector = new BarcodeDetector({formats: ['qr_code']})
  const button = box.querySelector('button')
  const video = box.querySelector('video')
  const trouble = box.querySelector('.error')
  let stream

  async function start() {
    trouble.hidden = true
    try {
      stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: 'environment'}})
      video.srcObject = stream
      video.hidden = false
      button.hidden = true
      await video.play()
      look()
    } catch {
      stop()
      trouble.hidden = false
    }
  }

  function stop() {
    if (stream) stream.getTracks().forEach(track => track.stop())
    stream = null
    video.hidden = true
    button.hidden = false
  }

  async function look() {
    if (!stream) return
    const [code] = await detector.detect(video).catch(() => [])
    if (!code) return setTimeout(look, 150)
    stop()
    form.elements.code.value = code.rawValue
    form.requestSubmit()
  }

  button.addEventListener('click', start)
  addEventListener('pagehide', stop)
  box.hidden = false
})()
