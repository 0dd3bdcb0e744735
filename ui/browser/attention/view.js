// The stage of a translation: the text is written symbol by symbol, and the symbol under the pointer shows where the network looked.
import { make } from "../shared/elements.js"
import { writeSentence } from "../shared/sentence.js"
import { styleSheet } from "../shared/styles.js"
import { band, spread, stacked } from "./layout.js"

const NARROW = 700, PER_SYMBOL = 430, LONGEST = 5000 // pixels, milliseconds
const LEAST_SHOWN = 0.03 // weaker weights are not drawn
const SVG = "http://www.w3.org/2000/svg"


function shape(name, attributes) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}

export class AttentionView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    /** @type {number | null} the written symbol whose weights are lit */
    this.chosen = null
    this.sentence = make("p", "sentence")
    this.sentence.setAttribute("aria-live", "polite")
    this.stage = make("div", "stage")
    this.stage.dataset.picture = ""
    this.play = make("button", "play", "▶")
    this.play.onclick = () => (this.timer ? this.rest() : this.write())
    this.panels = make("div", "panels")
    this.stage.append(this.panels, this.play)
    const whole = make("div", "whole")
    whole.append(this.sentence, this.stage)
    parent.append(styleSheet(), whole)
    this.panels.onpointerover = (event) => this.point(event.target)
    this.panels.addEventListener("focusin", (event) => this.point(event.target))
    this.panels.addEventListener("focusout", () => this.timer || this.light(null))
    this.panels.onpointerleave = () => this.timer || this.light(this.focused())
    this.resized = new ResizeObserver(() => this.layOut())
    this.resized.observe(this.stage)
    this.themed = new MutationObserver(() => this.layOut())
    this.themed.observe(document.documentElement, { attributeFilter: ["style", "class", "data-projector"] })
  }

  /**
   * @param {AttentionMessage} data
   * @param {PartCall<any>["setStateValue"]} _setStateValue
   * @param {SendSaid} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    const before = this.name, drawn = JSON.stringify([data.panels, data.words.looks])
    const isSame = drawn === this.drawn
    this.drawn = drawn
    this.data = data
    this.send = setTriggerValue
    this.name = JSON.stringify(data.panels.map((panel) => [panel.source, panel.output]))
    writeSentence(this.sentence, data.sentence)
    this.play.ariaLabel = this.play.title = data.words.play
    if (isSame) return // the focus stays where it is
    if (this.name !== before) this.rest()
    this.layOut()
    if (before && this.name !== before && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.write()
  }

  layOut() {
    const width = this.stage.clientWidth
    if (!this.data || !width) return
    const isTall = width < NARROW
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    this.stage.classList.toggle("narrow", isTall)
    this.panels.replaceChildren(...this.data.panels.map((panel, at) => this.panel(panel, at, isTall, rem)))
    this.light(this.chosen)
  }

  panel(panel, index, isTall, rem) {
    const root = make("section", "panel"), count = this.data.panels.length
    root.dataset.panel = String(index)
    if (panel.title) root.append(make("h2", "", panel.title))
    const field = make("div", "field")
    root.append(field)
    const width = isTall ? this.stage.clientWidth - 1.6 * rem : (this.stage.clientWidth - 2.4 * rem - (count - 1) * rem) / count
    const height = isTall ? Math.max(16 * rem, 1.05 * rem * Math.max(panel.source.length, panel.output.length)) : Math.max(8 * rem, this.stage.clientHeight - (panel.title ? 4.6 : 2.2) * rem)
    field.style.height = `${height}px`
    field.style.width = `${width}px`
    const pen = document.createElement("canvas").getContext("2d"), family = getComputedStyle(this.stage).getPropertyValue("--words")
    const measure = (text, size) => {
      pen.font = `${size}px ${family}`
      return pen.measureText(text).width
    }
    const left = isTall ? 0 : 4.2 * rem // the play button, and what the rows are
    const of = (symbols) => (isTall ? stacked(symbols, height) : spread(symbols, width - left, measure, rem))
    const read = of(panel.source), written = of(panel.output)
    const shift = (centres) => centres.map((at) => at + left)
    const near = isTall ? width * 0.24 : read.size * 1.9, far = isTall ? width * 0.76 : height - written.size * 1.9
    const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" })
    const xs = isTall ? read.centres : shift(read.centres), ys = isTall ? written.centres : shift(written.centres)
    svg.append(...(panel.weights ? this.bands(panel.weights, xs, ys, near, far, isTall) : this.funnel(panel.state, xs, ys, near, far, isTall)))
    field.append(svg)
    panel.source.forEach((symbol, at) => field.append(this.symbol("span", "read", symbol, xs[at], isTall ? near - 12 : near - read.size * 0.8, read.size, isTall, at)))
    panel.output.forEach((symbol, at) => {
      const button = this.symbol("button", "said", symbol, ys[at], isTall ? far + 12 : far + written.size * 0.85, written.size, isTall, at)
      button.setAttribute("aria-label", this.describe(panel, at))
      button.onclick = () => this.send("said", at)
      field.append(button)
    })
    return root
  }

  symbol(tag, className, symbol, along, across, size, isTall, at) {
    const shown = make(tag, symbol === "␣" ? `${className} space` : className, symbol)
    shown.dataset.at = String(at)
    const place = isTall ? { top: `${along}px`, left: `${across}px` } : { left: `${along}px`, top: `${across}px` }
    Object.assign(shown.style, place, { fontSize: `${size}px` })
    return shown
  }

  /** Where a written symbol looks most, in words. */
  describe({ source, output, weights }, at) {
    if (!weights) return output[at]
    const most = weights[at].indexOf(Math.max(...weights[at]))
    return this.data.words.looks.replace("{symbol}", () => output[at]).replace("{other}", () => source[most]).replace("{share}", `${weights[at][most]}%`)
  }

  bands(weights, xs, ys, near, far, isTall) {
    return weights.flatMap((row, said) =>
      row.flatMap((percent, read) => {
        if (percent / 100 < LEAST_SHOWN) return []
        const path = shape("path", { d: band(xs[read], ys[said], near, far, isTall), class: "band", "stroke-width": ((isTall ? 7 : 15) * percent) / 100 })
        path.dataset.said = String(said)
        return [path]
      }),
    )
  }

  /** Without attention everything passes through the one last state, which is drawn between the rows. */
  funnel(state, xs, ys, near, far, isTall) {
    const middle = (near + far) / 2, half = 16
    const centre = (Math.min(...xs) + Math.max(...xs)) / 2
    const reach = Math.min(Math.max(...xs) - Math.min(...xs), 620) / 2, cell = (2 * reach) / state.length
    const lines = [
      ...xs.map((x) => shape("path", { d: band(x, centre, near, middle - half, isTall), class: "way" })),
      ...ys.map((y, said) => Object.assign(shape("path", { d: band(centre, y, middle + half, far, isTall), class: "way out" }), { said })),
    ]
    lines.forEach((line) => "said" in line && (line.dataset.said = String(line.said)))
    const cells = state.map((percent, unit) => {
      const along = centre - reach + unit * cell, size = isTall ? { x: middle - half, y: along, width: 2 * half, height: cell } : { x: along, y: middle - half, width: cell, height: 2 * half }
      return shape("rect", { ...size, class: percent > 0 ? "positive" : "negative", opacity: Math.abs(percent) / 100 })
    })
    const [x, y, w, h] = isTall ? [middle - half, centre - reach, 2 * half, 2 * reach] : [centre - reach, middle - half, 2 * reach, 2 * half]
    return [...lines, shape("rect", { x, y, width: w, height: h, class: "state" }), ...cells]
  }

  point(target) {
    const said = target.closest?.(".said")
    if (!said || (this.timer && !said.matches(":focus"))) return
    this.light(Number(said.dataset.at))
  }

  /** The written symbol that the keyboard is at. */
  focused() {
    const said = /** @type {HTMLElement | null} */ (this.panels.querySelector(".said:focus-visible"))
    return said && Number(said.dataset.at)
  }

  /** One written symbol, in every panel; null: all bands alike. */
  light(at) {
    this.chosen = at
    this.panels.querySelectorAll(".panel").forEach((root, index) => {
      const { weights } = this.data.panels[index]
      root.classList.toggle("lit", at !== null)
      root.querySelectorAll("[data-said]").forEach((line) => line.classList.toggle("on", Number(line.dataset.said) === at))
      for (const said of /** @type {Iterable<HTMLElement>} */ (root.querySelectorAll(".said"))) {
        said.classList.toggle("on", Number(said.dataset.at) === at)
        said.classList.toggle("later", Boolean(this.timer) && Number(said.dataset.at) > at)
      }
      for (const read of /** @type {Iterable<HTMLElement>} */ (root.querySelectorAll(".read"))) {
        const percent = at === null || !weights ? 0 : (weights[at]?.[Number(read.dataset.at)] ?? 0)
        read.style.background = `color-mix(in srgb, var(--accent) ${Math.round(percent * 0.4)}%, transparent)`
      }
    })
  }

  /** Symbol by symbol; then all bands are seen. */
  write() {
    this.rest()
    const most = Math.max(...this.data.panels.map((panel) => panel.output.length))
    let at = -1
    const next = () => {
      at += 1
      if (at >= most) return this.rest()
      this.light(at)
    }
    this.timer = setInterval(next, Math.min(PER_SYMBOL, LONGEST / most))
    this.play.textContent = "❚❚"
    next()
  }

  rest() {
    clearInterval(this.timer)
    this.timer = undefined
    this.play.textContent = "▶"
    this.light(null)
  }

  destroy() {
    clearInterval(this.timer)
    this.resized.disconnect()
    this.themed.disconnect()
    this.parent.replaceChildren()
  }
}
