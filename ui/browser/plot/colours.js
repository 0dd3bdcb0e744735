// Figures are written in the light colours of ui/figures/style.py. Here they become those of the theme in use.
// look.js is made from ui/figures by plot.py
import { backgroundOf, isDark } from "../shared/theme.js"
import { DARK, LOOK, PAGE } from "./look.js"

const HEX = /#[0-9A-F]{6}/g

/** What the page's theme asks for now, or `known` when that still holds. */
export function theme(element, known) {
  const style = getComputedStyle(element)
  const read = (variable) => style.getPropertyValue(variable).trim()
  const page = Object.fromEntries(Object.entries(PAGE).map(([light, variable]) => [light, read(variable) || light]))
  const name = JSON.stringify([page, read("--st-font")])
  if (known?.name === name) return known
  const background = backgroundOf(element)
  const colours = isDark(background) ? { ...DARK, ...page } : page
  const repaint = (json) => JSON.parse(json.replace(HEX, (hex) => colours[hex] ?? hex))
  const look = repaint(JSON.stringify(LOOK))
  look.font.family = look.hoverlabel.font.family = read("--st-font") || "sans-serif"
  return { name, background, look, repaint }
}

/** The shared look with a figure's own settings over it, axis by axis. */
export function dressed(layout, look) {
  const axes = Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name))
  const whole = { ...look, ...Object.fromEntries(axes.map((name) => [name, look[`${name[0]}axis`]])) }
  return over(layout, whole)
}

function over(own, base) {
  if (own === undefined || own === null) return base
  if (!isPlain(own) || !isPlain(base)) return own
  const names = new Set([...Object.keys(base), ...Object.keys(own)])
  return Object.fromEntries(Array.from(names, (name) => [name, over(own[name], base[name])]))
}

const isPlain = (value) => value !== null && typeof value === "object" && !Array.isArray(value)
