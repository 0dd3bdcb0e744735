// The colour of a number, and the inks of the symbols, in the theme in use.
const LEVELS = 100 // steps of the scale on either side of zero

/** Every symbol's colour as a CSS variable: --ink-forget_gate. */
export function inkVariables(element, inks, dark) {
  for (const [name, pair] of Object.entries(inks)) element.style.setProperty(`--ink-${name}`, pair[dark ? 1 : 0])
}

export const ink = (name) => (name ? `var(--ink-${name})` : "var(--st-text-color)")

/** 2 LEVELS + 1 fills from negative through zero to positive, each with a text colour that can be read on it. */
export class Palette {
  constructor([negative, zero, positive]) {
    const ends = [negative, zero, positive].map(parse)
    this.fills = []
    this.inks = []
    for (let level = -LEVELS; level <= LEVELS; level++) {
      const colour = mix(ends[1], level < 0 ? ends[0] : ends[2], Math.abs(level) / LEVELS)
      this.fills.push(`rgb(${colour.map(Math.round).join(" ")})`)
      this.inks.push(luminance(colour) > 0.179 ? "#000000" : "#FFFFFF")
    }
  }

  /** The index of a share of the scale, -1 to 1. */
  index(share) {
    return LEVELS + Math.round(LEVELS * share)
  }
}

/** Signed numbers on a straight scale: full colour at `full`. */
export class StraightScale {
  constructor(full) {
    this.full = full
  }

  share(value) {
    return Math.max(-1, Math.min(1, value / this.full))
  }
}

/** Signed numbers over many powers of ten: a tiny gradient still has a colour, a zero has none. */
export class LogScale {
  constructor(values, decades = 12) {
    let largest = 0
    let smallest = Infinity
    for (const array of values) {
      for (const value of array) {
        const size = Math.abs(value)
        if (size > largest && size < Infinity) largest = size
        if (size < smallest && size > 0) smallest = size
      }
    }
    this.top = Math.ceil(Math.log10(largest || 1) - 1e-9)
    const reach = Math.floor(Math.log10(smallest === Infinity ? 1 : smallest) + 1e-9)
    this.bottom = Math.max(Math.min(reach, this.top - 2), this.top - decades)
  }

  share(value) {
    if (value === 0) return 0
    const height = (Math.log10(Math.abs(value)) - this.bottom) / (this.top - this.bottom)
    return Math.sign(value) * Math.max(0.04, Math.min(1, 0.08 + 0.92 * height))
  }
}

function parse(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))
}

/** Between two colours, evenly to the eye (in the OKLab space). */
function mix(from, to, share) {
  const [a, b] = [toLab(from), toLab(to)]
  return toRgb(a.map((value, i) => value + (b[i] - value) * share))
}

const linear = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)
const gamma = (v) => 255 * Math.max(0, Math.min(1, v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055))
const luminance = (rgb) => {
  const [r, g, b] = rgb.map(linear)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function toLab(rgb) {
  const [r, g, b] = rgb.map(linear)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** @param {number[]} lab */
function toRgb([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}
