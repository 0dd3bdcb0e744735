// Figures are written in the light colours of ui/figures/style.py. Here they become those of the theme in use.
import { DARK, PAGE } from "./inks.js" // made from style.py: { light hex: dark hex } and { light hex: name of a --st variable }

const DATA = new Set(["x", "y", "z", "text", "customdata", "ids", "labels", "bdata"])

export function theme(element) {
  const style = getComputedStyle(element)
  const page = Object.fromEntries(
    Object.entries(PAGE).map(([light, variable]) => [light, style.getPropertyValue(variable).trim() || light]),
  )
  const background = style.getPropertyValue("--st-background-color").trim() || "#FFFFFF"
  return {
    background,
    font: style.getPropertyValue("--st-font").trim() || "sans-serif",
    colours: isDark(background) ? { ...DARK, ...page } : page,
  }
}

function isDark(colour) {
  const [r, g, b] = parse(colour)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128
}

function parse(colour) {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  pen.fillStyle = colour
  pen.fillRect(0, 0, 1, 1)
  return pen.getImageData(0, 0, 1, 1).data
}

/** A copy of the figure in which every colour of the table is exchanged; numbers and words are left as they are. */
export function recolour(node, colours, key = "") {
  if (typeof node === "string") return colours[node] ?? node
  if (node === null || typeof node !== "object" || ArrayBuffer.isView(node)) return node
  if (Array.isArray(node)) return DATA.has(key) ? node : node.map((item) => recolour(item, colours))
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, DATA.has(name) && typeof value !== "object" ? value : recolour(value, colours, name)]),
  )
}
