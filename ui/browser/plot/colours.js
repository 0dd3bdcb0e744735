// Figures are written in the light colours of ui/figures/style.py. Here they become those of the theme in use.
// plot.py writes look.js.
import { backgroundOf, isDark } from "../shared/theme.js"
// @ts-types="./look.d.ts"
import { DARK, LOOK, PAGE } from "./look.js"

const HEX = /#[0-9A-F]{6}/g

/**
 * @typedef {object} Theme
 * @property {string} name differs between two themes
 * @property {string} background
 * @property {Layout} look plotly's layout that all figures share, in this theme
 * @property {(json: string) => any} repaint the figure of this JSON, in the colours of this theme
 */

/**
 * The theme of the page now; `known` where it is still the same.
 * @param {HTMLElement} element
 * @param {Theme} [known]
 * @returns {Theme}
 */
export function theme(element, known) {
  const style = getComputedStyle(element)
  /** @param {string} variable */
  const read = (variable) => style.getPropertyValue(variable).trim()
  const page = Object.fromEntries(Object.entries(PAGE).map(([light, variable]) => [light, read(variable) || light]))
  const name = JSON.stringify([page, read("--st-font")])
  if (known?.name === name) return known
  const background = backgroundOf(element)
  /** @type {Record<string, string>} */
  const colours = isDark(background) ? { ...DARK, ...page } : page
  /** @param {string} json */
  const repaint = (json) => JSON.parse(json.replace(HEX, (hex) => colours[hex] ?? hex))
  const look = repaint(JSON.stringify(LOOK))
  look.font.family = look.hoverlabel.font.family = read("--st-font") || "sans-serif"
  return { name, background, look, repaint }
}

/**
 * The shared look, with the figure's own settings in place of it where it has some; the look of an axis holds for all its axes.
 * @param {Layout} layout
 * @param {Layout} look
 * @returns {Layout}
 */
export function withLook(layout, look) {
  const axes = Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name))
  const whole = { ...look, ...Object.fromEntries(axes.map((name) => [name, look[`${name[0]}axis`]])) }
  return merged(layout, whole)
}

/**
 * @param {any} own
 * @param {any} base
 * @returns {any}
 */
function merged(own, base) {
  if (own === undefined || own === null) return base
  if (!isPlain(own) || !isPlain(base)) return own
  const names = new Set([...Object.keys(base), ...Object.keys(own)])
  return Object.fromEntries(Array.from(names, (name) => [name, merged(own[name], base[name])]))
}

/** @param {any} value */
const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value)
