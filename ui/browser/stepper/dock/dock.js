// Below the drawing: play and step, the scrub bar over all time steps, the direction, the page's main dial, the speed.
import { DialView } from "../../dial/view.js"
import { Menu } from "../../shared/menu.js"
import { fill, html, setText, svg } from "../dom.js"
import { ribbon } from "../stage/geometry.js"

const SPEEDS = [0.5, 1, 2, 4, 8]
const SCRUB_HEIGHT = 44 // of the scrub bar
const TICK = 10 // time steps

const ICONS = {
  play: "M6 3.5v17L20 12z",
  pause: "M5 4h5v16H5zM14 4h5v16h-5z",
  back: "M4.5 4H8v16H4.5zM20 4v16L9.5 12z",
  on: "M16 4h3.5v16H16zM4 4v16l10.5-8z",
}

const icon = (name) => svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" }, svg("path", { d: ICONS[name] }))

export class Dock {
  /** `act` has play(), step(by), scrub(step), speed(value), direction(name); `actions` are those of the menu. */
  constructor(words, act, actions) {
    this.words = words
    const button = (name, label, run) => html("button", { type: "button", class: `round ${name}`, title: label, "aria-label": label, click: run }, icon(name))
    this.playButton = button("play", words.play, () => act.play())
    this.scrub = html("input", { type: "range", min: 1, step: 1, class: "scrub", "aria-label": words.step, input: () => act.scrub(Number(this.scrub.value)) })
    this.paths = {}
    this.ribbons = svg("svg", { "aria-hidden": "true", class: "ribbons" })
    this.scrubber = html("div", { class: "scrubber" }, this.ribbons, this.scrub)
    this.counter = html("output", { class: "counter" })
    this.speed = html(
      "select", { "aria-label": words.speed, title: words.speed, change: () => act.speed(Number(this.speed.value)) },
      SPEEDS.map((value) => html("option", { value, selected: value === 1 }, `${value}×`)))
    this.directions = ["forward", "backward"].map((name) =>
      html("button", { type: "button", "data-direction": name, click: () => act.direction(name) }, words[name]))
    this.turn = html("div", { class: "turn", role: "group", "aria-label": words.direction }, this.directions)
    this.dialPlace = html("div", { class: "main-dial", hidden: true })
    this.root = html(
      "div", { class: "dock", role: "group", "aria-label": words.transport },
      html("div", { class: "buttons" }, button("back", words.previous_step, () => act.step(-1)), this.playButton, button("on", words.next_step, () => act.step(1))),
      this.scrubber, this.counter, this.turn, this.dialPlace, this.speed)
    new Menu(this.root, actions).name(words.menu, words.take_along)
    this.resize = new ResizeObserver(([{ contentRect }]) => {
      this.width = contentRect.width
      this.drawRibbons()
    })
    this.resize.observe(this.scrubber)
  }

  /** The page's main dial (ui/browser/dial.py), or none. */
  setDial(data, send) {
    this.dialPlace.hidden = !data
    if (!data) return
    if (!this.dial) {
      this.dial = new DialView(this.dialPlace)
      this.dialPlace.querySelector("style").remove() // the dock has its own
    }
    this.dial.receive(data, send)
  }

  setLength(steps, hasGradients) {
    this.scrub.max = steps
    this.steps = steps
    this.turn.hidden = !hasGradients
  }

  /** `series`: of each cell {values, most}, one value a time step. */
  showSeries(series, direction) {
    this.series = series
    this.direction = direction
    this.drawRibbons()
  }

  drawRibbons() {
    const { width } = this // asking the browser for it would make it lay out the page
    if (!width || !this.series) return
    const { steps } = this
    const xOf = (i) => +(9 + (steps > 1 ? i / (steps - 1) : 0) * (width - 18)).toFixed(1)
    const room = SCRUB_HEIGHT - 20
    const each = room / this.series.length
    this.ribbons.setAttribute("viewBox", `0 0 ${width} ${SCRUB_HEIGHT}`)
    this.series.forEach(({ values, most }, i) => {
      const middle = 10 + each * (i + 0.5)
      const half = each / 2 - (this.series.length > 1 ? 2 : 2)
      this.path(`tube${i}`, "scrub-tube", `M8 ${middle}H${width - 8}`, each - 2)
      for (const sign of [1, -1]) {
        const path = this.path(`ribbon${i}${sign}`, "scrub-ribbon", ribbon(values, sign, { xOf, middle, half, most }))
        path.style.fill = this.direction === "forward" ? `var(--${sign > 0 ? "pos" : "neg"})` : "var(--grad)"
      }
    })
    let ticks = ""
    for (let t = TICK; t < steps; t += TICK) ticks += `M${xOf(t - 1)} 37v4`
    this.path("ticks", "scrub-ticks", steps > 12 * TICK ? "" : ticks)
  }

  path(name, kind, d, width) {
    this.paths[name] ??= this.ribbons.appendChild(svg("path", { class: kind }))
    const path = this.paths[name]
    path.setAttribute("d", d)
    if (width) path.setAttribute("stroke-width", width)
    return path
  }

  update({ step, steps, playing, direction, names }) {
    this.scrub.value = step
    const name = names?.[step - 1]
    setText(this.counter, fill(this.words.step_of, { step, steps }) + (name ? ` · ${name}` : ""))
    this.scrub.setAttribute("aria-valuetext", this.counter.textContent)
    if (playing !== this.playing) {
      this.playing = playing
      this.playButton.replaceChildren(icon(playing ? "pause" : "play"))
      this.playButton.setAttribute("aria-label", playing ? this.words.pause : this.words.play)
      this.playButton.title = playing ? this.words.pause : this.words.play
    }
    for (const each of this.directions) each.setAttribute("aria-pressed", String(each.dataset.direction === direction))
  }

  destroy() {
    this.resize.disconnect()
    this.dial?.destroy()
  }
}
