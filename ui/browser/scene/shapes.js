// Scenes as texts, and shapes as drawings.
import { svg } from "../stepper/dom.js"

/** @typedef {{ cell: number, form: string, colour: string, size: string }} SceneShape by the letters of their names */

/** @param {string} text @returns {SceneShape[]} */
export function shapesOf(text) {
  const found = []
  for (let at = 0; at < text.length; at += 4) found.push({ cell: Number(text[at]), form: text[at + 1], colour: text[at + 2], size: text[at + 3] })
  return found
}

/** @param {SceneShape[]} shapes */
export const textOf = (shapes) =>
  [...shapes].sort((one, other) => one.cell - other.cell).map(({ cell, form, colour, size }) => `${cell}${form}${colour}${size}`).join("")

/** The middle of a cell, in pixels of the picture. @param {number} cell @param {{ cell: number, side: number }} data @returns {Pair} */
export function middleOf(cell, data) {
  const across = data.side / data.cell
  return [(cell % across) * data.cell + data.cell / 2, Math.floor(cell / across) * data.cell + data.cell / 2]
}

/** @param {{ form: string, colour: string, size: string }} shape @param {Pair} middle @param {SceneMessage} data */
export function drawShape({ form, colour, size }, [x, y], data, attributes = {}) {
  const { outline } = data.forms.find((each) => each.letter === form)
  const { radius } = data.sizes.find((each) => each.letter === size)
  const { css } = data.colours.find((each) => each.letter === colour)
  const points = outline.map(([px, py]) => `${(x + radius * px).toFixed(2)},${(y + radius * py).toFixed(2)}`).join(" ")
  return svg("polygon", { points, fill: css, ...attributes })
}

/** A veil over the picture, thin where the weights are large. @param {number[]} weights in percent @param {SceneMessage} data */
export function veil(weights, data, id) {
  const across = Math.sqrt(weights.length)
  const step = data.side / across
  const most = Math.max(...weights)
  const cells = weights.map((weight, place) =>
    svg("rect", { x: (place % across) * step, y: Math.floor(place / across) * step, width: step + 0.05, height: step + 0.05, opacity: (0.86 * (1 - weight / most)).toFixed(3) }))
  return svg("g", { class: "veil", filter: `url(#${id})` }, ...cells)
}

/** The blur of a veil, which keeps its edge. @param {string} id */
export const blur = (id) =>
  svg("filter", { id, x: "-10%", y: "-10%", width: "120%", height: "120%", "color-interpolation-filters": "sRGB" }, svg("feGaussianBlur", { stdDeviation: 1.1 }))
