// The unrolled strip: every step of the run as a thin column of colours, inputs on top. A click or a drag goes there.
import { ink } from "./colours.js"
import { html, setChildren } from "./dom.js"

const GUTTER = 56 // for the names of the rows
const BAND_GAP = 8

export class Strip {
  constructor(words, onChoose) {
    this.words = words
    this.canvas = html("canvas", { "aria-hidden": "true" })
    this.names = html("div", { class: "strip-names", "aria-hidden": "true" })
    this.marker = html("div", { class: "strip-marker" })
    this.axis = html("div", { class: "strip-axis", "aria-hidden": "true" })
    this.box = html("div", { class: "strip-box" }, this.canvas, this.marker)
    this.root = html("div", { class: "strip", role: "img" }, this.names, this.box, this.axis)
    const choose = (event) => {
      const share = (event.clientX - this.box.getBoundingClientRect().left) / this.box.clientWidth
      onChoose(Math.max(1, Math.min(this.cell.T, Math.floor(share * this.cell.T) + 1)))
    }
    this.box.addEventListener("pointerdown", (event) => {
      this.box.setPointerCapture(event.pointerId)
      choose(event)
    })
    this.box.addEventListener("pointermove", (event) => {
      if (this.box.hasPointerCapture(event.pointerId)) choose(event)
    })
  }

  bands(direction) {
    const names = direction === "backward" ? ["dxs", "dhs", "dcs"] : ["xs", "hs", "cs"]
    return names.filter((name) => this.cell.has(name))
  }

  /** Paint all steps. Called when the numbers, the direction, the theme or the width changed: never for a step. */
  paint({ cell, direction, looks, width }) {
    this.cell = cell
    this.width = Math.max(60, width - GUTTER)
    /** @type {any[]} */
    const bands = this.bands(direction).map((name) => ({ name, rows: cell.arrays.get(name).shape[1] }))
    const rowHeight = (rows) => (rows <= 2 ? 16 : rows <= 4 ? 11 : 8)
    const pitch = this.width / cell.T
    const gap = pitch > 26 ? 3 : pitch > 9 ? 1 : 0
    let height = 0
    for (const band of bands) {
      band.top = height
      band.height = band.rows * rowHeight(band.rows)
      height += band.height + BAND_GAP
    }
    this.height = height - BAND_GAP
    const ratio = window.devicePixelRatio || 1
    this.canvas.width = Math.round(this.width * ratio)
    this.canvas.height = Math.round(this.height * ratio)
    this.canvas.style.width = `${this.width}px`
    this.canvas.style.height = `${this.height}px`
    const pen = this.canvas.getContext("2d")
    pen.scale(ratio, ratio)
    for (const band of bands) this.paintBand(pen, band, { pitch, gap, rowHeight: rowHeight(band.rows), look: looks.get(band.name) })
    setChildren(this.names, bands.map((band) => this.bandName(band, direction)))
    this.paintAxis(pitch)
    this.marker.style.width = `${Math.max(pitch, 5)}px`
    this.pitch = pitch
  }

  paintBand(pen, { name, rows, top }, { pitch, gap, rowHeight, look: { scale, palette } }) {
    const { T, symbols } = this.cell
    const { values } = this.cell.arrays.get(name)
    for (let t = 1; t <= T; t++) {
      const start = (t - symbols[name].first) * rows
      for (let unit = 0; unit < rows; unit++) {
        const value = values[start + unit]
        pen.fillStyle = Number.isFinite(value) ? palette.fills[palette.index(scale.share(value))] : "#888888"
        const x = (t - 1) * pitch
        // A hair wider where columns touch, so that no seam shows between them.
        pen.fillRect(x + gap / 2, top + unit * rowHeight, pitch - gap + (gap ? 0 : 0.6), rowHeight - (rowHeight > 9 ? 1 : 0.5))
      }
    }
  }

  bandName({ name, top, height }, direction) {
    const symbol = this.cell.symbols[name]
    const text = direction === "backward" ? `∂L/∂${symbol.base}` : symbol.base
    return html("span", { style: `top: ${top + height / 2}px; color: ${ink(symbol.ink)}` }, text)
  }

  /** Numbers under the strip at round steps, as many as have room. */
  paintAxis(pitch) {
    const every = [1, 2, 5, 10, 20, 50, 100].find((step) => step * pitch >= 34) ?? 200
    const ticks = []
    for (let t = every === 1 ? 1 : every; t <= this.cell.T; t += every) ticks.push(t)
    if (every > 1 && ticks[0] * pitch > 50) ticks.unshift(1)
    const place = (t) => GUTTER + Math.min((t - 0.5) * pitch, this.width - 14)
    setChildren(this.axis, ticks.map((t) => html("span", { style: `left: ${place(t)}px` }, String(t))))
    this.root.style.height = `${this.height + 24}px`
  }

  /** Mark the step on show. */
  mark(step) {
    const x = (step - 0.5) * this.pitch - Math.max(this.pitch, 5) / 2
    this.marker.style.transform = `translateX(${x}px)`
  }

  describe(step) {
    this.root.setAttribute("aria-label", this.words.strip.replace("{steps}", this.cell.T).replace("{step}", step))
  }
}
