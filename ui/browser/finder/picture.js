// The picture as pixels: stamps of digits above the visitor's own ink. All values of ink are from 0 to 15, one figure of a hex text each.
import { clamp } from "../stepper/dom.js"

/** @typedef {{ digit: string, hand: string, size: string, x: number, y: number }} PlacedDigit the middle of its stamp */

const LENGTH = 7 // characters of a digit in a text
const PEN = 0.9 // radius of the visitor's pen, in pixels
export const FULL = 15

/** @param {string} text @returns {PlacedDigit[]} */
export function digitsOf(text) {
  const found = []
  for (let at = 0; at < text.length; at += LENGTH)
    found.push({ digit: text[at], hand: text[at + 1], size: text[at + 2], x: Number(text.slice(at + 3, at + 5)), y: Number(text.slice(at + 5, at + 7)) })
  return found
}

/** @param {PlacedDigit[]} digits */
export const textOf = (digits) => digits.map(({ digit, hand, size, x, y }) => `${digit}${hand}${size}${two(x)}${two(y)}`).join("")

/** @param {number} value */
const two = (value) => String(value).padStart(2, "0")

/** @param {PlacedDigit} placed */
export const stampName = ({ digit, hand, size }) => `${digit}${hand}${size}`

/** @param {string} text @param {number} side @returns {Uint8Array} */
export function inkOf(text, side) {
  const ink = new Uint8Array(side * side)
  for (let at = 0; at < text.length; at++) ink[at] = parseInt(text[at], 16)
  return ink
}

/** "" where there is none. @param {Uint8Array} ink */
export const inkText = (ink) => (ink.some(Boolean) ? Array.from(ink, (value) => value.toString(16)).join("") : "")

/** The whole picture. @param {FinderMessage} data @param {PlacedDigit[]} digits @param {Uint8Array} own */
export function composed({ side, stamp, stamps }, digits, own) {
  const picture = Uint8Array.from(own)
  for (const placed of digits) {
    const ink = stamps[stampName(placed)]
    if (!ink) continue
    for (let at = 0; at < stamp * stamp; at++) {
      const x = placed.x - stamp / 2 + (at % stamp)
      const y = placed.y - stamp / 2 + Math.floor(at / stamp)
      if (x < 0 || y < 0 || x >= side || y >= side) continue
      picture[y * side + x] = Math.max(picture[y * side + x], parseInt(ink[at], 16))
    }
  }
  return picture
}

/** A line of the pen from one point to another, or of a rubber, which is wider. @param {Uint8Array} ink @param {number} side @param {Pair} from @param {Pair} to */
export function drawLine(ink, side, from, to, isRubber = false) {
  const radius = isRubber ? 3 * PEN : PEN
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [px, py] = [x + 0.5 - from[0], y + 0.5 - from[1]]
      const share = clamp((px * dx + py * dy) / Math.max(dx * dx + dy * dy, 1e-9), 0, 1)
      const full = clamp(radius + 0.5 - Math.hypot(px - share * dx, py - share * dy), 0, 1)
      const at = y * side + x
      if (isRubber) ink[at] = Math.min(ink[at], Math.round(FULL * (1 - full)))
      else ink[at] = Math.max(ink[at], Math.round(FULL * full))
    }
}

/** Draws the part of a picture that begins at (left, top). @param {HTMLCanvasElement} canvas @param {Uint8Array} picture @param {number} side */
export function paint(canvas, picture, side, left = 0, top = 0, size = side) {
  canvas.width = canvas.height = size
  const pen = canvas.getContext("2d")
  const image = pen.createImageData(size, size)
  for (let at = 0; at < size * size; at++) {
    const x = left + (at % size)
    const y = top + Math.floor(at / size)
    const ink = x < 0 || y < 0 || x >= side || y >= side ? 0 : picture[y * side + x] / FULL
    image.data.set([255 - 232 * ink, 255 - 227 * ink, 255 - 215 * ink, 255], 4 * at)
  }
  pen.putImageData(image, 0, 0)
}
