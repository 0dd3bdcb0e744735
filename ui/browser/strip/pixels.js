// Small pictures on canvases.

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number[] | null | undefined} values in percent, row by row
 * @param {number} side
 * @param {string} colour
 */
export function drawFrame(canvas, values, side, colour, scale = 4) {
  const size = side * scale
  if (canvas.width !== size) canvas.width = canvas.height = size
  const pen = canvas.getContext("2d")
  pen.clearRect(0, 0, size, size)
  pen.fillStyle = colour
  ;(values ?? []).forEach((value, place) => {
    if (value < 2) return
    pen.globalAlpha = value / 100
    pen.fillRect((place % side) * scale, Math.floor(place / side) * scale, scale, scale)
  })
  pen.globalAlpha = 1
}

/**
 * A ring where the ball really is.
 * @param {HTMLCanvasElement} canvas
 * @param {Pair | undefined} place
 * @param {number} side
 * @param {string} colour
 */
export function drawRing(canvas, place, side, colour) {
  if (!place) return
  const scale = canvas.width / side
  const pen = canvas.getContext("2d")
  pen.strokeStyle = colour
  pen.lineWidth = Math.max(1.5, 0.22 * scale)
  pen.beginPath()
  pen.arc(place[0] * scale, place[1] * scale, 2.3 * scale, 0, 2 * Math.PI)
  pen.stroke()
}

/**
 * A colour of the page as a canvas can use it: style sheets may write one for each theme.
 * @param {HTMLElement} element
 * @param {string} name
 */
export function colourOf(element, name) {
  const before = element.style.color
  element.style.color = `var(${name})`
  const found = getComputedStyle(element).color
  element.style.color = before
  return found
}
