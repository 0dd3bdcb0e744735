// A linear recurrence read by a loop and by a scan, with one clock: at each moment the loop makes a step and the scan a round.
import { styleSheet } from "../shared/styles.js"
import { fill, html, setText, svg } from "../stepper/dom.js"
import { ribbon } from "../stepper/stage/geometry.js"
import { placesOf, wire } from "./places.js"
import { coneOf, neighbour, pairsOf } from "./tree.js"

const TICK = 800 // milliseconds for a moment
const WIDEST = 7 // pixels of a wire
const ICONS = { play: "M6 3.5v17L20 12z", pause: "M5 4h5v16H5zM14 4h5v16h-5z", back: "M4.5 4H8v16H4.5zM20 4v16L9.5 12z", on: "M16 4h3.5v16H16zM4 4v16l10.5-8z" }
const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }

const written = (value) => (Math.abs(value) < 0.005 ? "0.00" : value.toFixed(2).replace("-", "−"))
const icon = (name) => svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }))

export class ScanView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.sentAt = 0
    this.drawing = svg("svg", { tabindex: 0, role: "img", class: "drawing", keydown: (event) => this.onKey(event) })
    this.picture = html("div", { class: "picture" }, this.drawing)
    this.sentence = html("p", { class: "sentence" })
    this.sum = html("p", { class: "sum", "aria-live": "polite" })
    const button = (name, act) => html("button", { type: "button", class: name, click: act }, icon(name))
    this.buttons = { back: button("back", () => this.goTo(this.moment - 1)), play: button("play", () => this.toggle()), on: button("on", () => this.goTo(this.moment + 1)) }
    this.clock = html("input", { type: "range", min: 0, step: 1, input: () => this.show(this.clock.valueAsNumber, true), change: () => this.tell() })
    this.label = html("output", { class: "clock" })
    this.root = html(
      "div", { class: "scan" }, this.picture, html("div", { class: "below" }, this.sentence, this.sum),
      html("div", { class: "player" }, ...Object.values(this.buttons), this.clock, this.label))
    parent.append(styleSheet(), this.root)
    this.size = new ResizeObserver(() => this.draw())
    this.size.observe(this.picture)
  }

  /**
   * @param {ScanMessage} data
   * @param {SendDial} setStateValue
   */
  receive(data, setStateValue) {
    this.send = setStateValue
    const rounds = JSON.stringify(data.rounds)
    this.data = data
    this.last = data.sentences.length - 1
    if (rounds !== this.rounds) {
      this.rounds = rounds
      this.tree = pairsOf(data.rounds)
      this.chosen = null
      this.stop()
    }
    this.clock.max = String(this.last)
    this.buttons.back.setAttribute("aria-label", data.words.back)
    this.buttons.on.setAttribute("aria-label", data.words.on)
    this.drawing.setAttribute("aria-description", data.words.keys)
    if (!this.timer && data.answered >= this.sentAt) this.moment = Math.min(data.moment, this.last)
    this.show(this.moment, false)
  }

  show(moment, byReader) {
    if (byReader) this.stop()
    this.moment = Math.max(0, Math.min(this.last, moment))
    const { words, sentences, alt } = this.data
    this.clock.value = String(this.moment)
    setText(this.label, fill(words.clock, { moment: this.moment, last: this.last }))
    this.clock.setAttribute("aria-label", this.label.textContent)
    this.clock.style.setProperty("--share", String(this.moment / Math.max(1, this.last)))
    this.buttons.play.replaceChildren(icon(this.timer ? "pause" : "play"))
    this.buttons.play.setAttribute("aria-label", this.timer ? words.pause : words.play)
    setText(this.sentence, sentences[this.moment])
    this.drawing.setAttribute("aria-label", `${alt} ${sentences[this.moment]}`)
    this.draw()
  }

  goTo(moment) {
    this.show(moment, true)
    this.tell()
  }

  toggle() {
    if (this.timer) {
      this.stop()
      this.goTo(this.moment)
      return
    }
    if (this.moment === this.last) this.moment = -1
    this.timer = setInterval(() => {
      if (this.moment >= this.last - 1) this.goTo(this.last)
      else this.show(this.moment + 1, false)
    }, TICK)
    this.show(this.moment + 1, false)
  }

  stop() {
    clearInterval(this.timer)
    this.timer = undefined
  }

  tell() {
    this.sentAt = Date.now()
    this.send("moved", { value: this.moment, at: this.sentAt })
  }

  /** The rounds that are done, each in its place; those to come are outlines. */
  draw() {
    const { clientWidth: width, clientHeight: height } = this.picture
    if (!this.tree || width === 0) return
    const { rounds, words } = this.data
    const done = Math.min(this.moment, rounds.length - 1)
    const steps = rounds[0].B.length
    const places = placesOf({ width, height, steps, rounds: rounds.length })
    this.root.classList.toggle("narrow", places.isNarrow)
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${places.height}`)
    this.drawing.style.height = places.isNarrow ? `${places.height}px` : "100%"
    const made = this.tree.pairs.filter(({ round }) => round <= done)
    const newest = made.filter(({ step }) => step === steps - 1).at(-1)
    const chosen = this.chosen && this.chosen.round <= done ? this.chosen : newest
    const cone = coneOf(chosen)
    const most = Math.max(...this.tree.pairs.map(({ b }) => Math.abs(b)))
    const wires = made.filter(({ later }) => later).sort((one, two) => Number(cone.has(one)) - Number(cone.has(two)))
    this.drawing.replaceChildren(
      ...this.names(places, done, steps, words),
      ...this.loop(places, steps, most),
      ...this.result(places, done, steps, most),
      ...wires.flatMap((pair) => this.wiresOf(pair, places, most, cone)),
      ...this.tree.pairs.map((pair) => this.box(pair, places, { isMade: pair.round <= done, isLit: cone.has(pair), isNew: pair.round === done && done > 0, isChosen: pair === chosen })),
    )
    setText(this.sum, this.sumOf(chosen))
  }

  names(places, done, steps, words) {
    const heads = Array.from({ length: steps }, (_, step) => text(places.head(step), String(step + 1), "head"))
    const rows = this.data.rounds.map((_, round) =>
      text(places.rowName(round), places.isNarrow ? String(round) : round ? fill(words.round, { number: round }) : words.given, `row ${round === done ? "now" : ""}`))
    if (places.isNarrow) return [...heads, ...rows]
    const ready = this.data.rounds[done].starts.filter((start) => start === 0).length
    const count = (which, y, number) => [
      text([0, y], which, "title"),
      text([0, y + 30], fill(words.ready, { count: number, all: steps }), "count"),
      text([0, y + 49], words.states, "small"),
    ]
    return [...heads, ...rows, ...count(words.loop, 44, Math.min(this.moment + 1, steps)), ...count(words.scan, places.at(0, 0)[1] + 52, ready)]
  }

  /** The loop's state as a belt, as far as it has come. */
  loop({ loop, isNarrow }, steps, most) {
    const states = this.data.rounds.at(-1).B.slice(0, Math.min(this.moment + 1, steps))
    const band = 2 * loop.half
    const ends = [loop.along(-0.5), loop.along(steps - 0.5)]
    const belt = isNarrow
      ? { x: loop.middle - loop.half, y: ends[0], width: band, height: ends[1] - ends[0] }
      : { x: ends[0], y: loop.middle - loop.half, width: ends[1] - ends[0], height: band }
    const drawn = [svg("rect", { ...belt, rx: 8, class: "belt" })]
    const shape = { xOf: (i) => loop.along(i), middle: isNarrow ? -loop.middle : loop.middle, half: loop.half - 3, most }
    for (const sign of [1, -1]) drawn.push(svg("path", { d: ribbon(states, sign, shape), class: sign > 0 ? "positive" : "negative", transform: isNarrow ? "rotate(90)" : null }))
    if (!isNarrow) drawn.push(...states.map((state, step) => text([loop.along(step), loop.middle + loop.half + 20], written(state), "state")))
    return drawn
  }

  /** The states that the scan knows, as bars below the tree. */
  result({ result }, done, steps, most) {
    if (!result) return []
    const { B, starts } = this.data.rounds[done]
    const bars = B.map((value, step) => ({ value, step })).filter(({ step }) => starts[step] === 0)
    return [
      text(result.name, this.data.words.result, "row"),
      svg("path", { d: `M${result.at(-0.4)[0]} ${result.middle}H${result.at(steps - 0.6)[0]}`, class: "axis" }),
      ...bars.map(({ value, step }) => {
        const height = Math.max(1.5, (result.half * Math.abs(value)) / most)
        const [x] = result.at(step)
        return svg("rect", { x: x - 17, y: value < 0 ? result.middle : result.middle - height, width: 34, height, rx: 2, class: value < 0 ? "negative" : "positive" })
      }),
    ]
  }

  wiresOf(pair, places, most, cone) {
    const isLit = cone.has(pair)
    const strand = (from, name, width, shift) =>
      svg("path", { d: wire(places.at(from.round, from.step), places.at(pair.round, pair.step), places), class: `wire ${name} ${isLit ? "lit" : ""}`, "stroke-width": width.toFixed(1), transform: shift ? `translate(${places.isNarrow ? `0 ${shift}` : `${shift} 0`})` : null })
    const size = (b) => 1.2 + (WIDEST - 1.2) * Math.abs(b) / most
    const sign = (b) => (b < 0 ? "negative" : "positive")
    return [
      strand(pair.later, "factor", 0.8 + 2.2 * Math.min(1, Math.abs(pair.later.a)), -4),
      strand(pair.later, sign(pair.later.b), size(pair.later.b), 3),
      strand(pair.earlier, sign(pair.earlier.b), size(pair.earlier.b), 0),
    ]
  }

  box(pair, places, { isMade, isLit, isNew, isChosen }) {
    const [x, y] = places.at(pair.round, pair.step)
    const [width, height] = places.box
    const kind = ["box", isMade ? "made" : "", isLit ? "lit" : "", isNew ? "new" : "", isChosen ? "chosen" : "", pair.isReady ? "ready" : ""].join(" ")
    const hasBoth = height > 32
    const inside = !isMade || width < 26 ? [] : [
      hasBoth ? text([x, y - 4], written(pair.a), "a") : null,
      text([x, y + (hasBoth ? 13 : 5)], written(pair.b), pair.b < 0 ? "b negative" : "b positive"),
    ]
    return svg(
      "g", { class: kind, click: isMade ? () => this.choose(pair) : null },
      svg("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 7 }), ...inside)
  }

  choose(pair) {
    this.chosen = pair
    this.draw()
  }

  /** The arithmetic of the chosen pair. */
  sumOf(pair) {
    if (!pair) return ""
    const of = ({ a, b }) => `(${written(a)}, ${written(b)})`
    return pair.later ? `${of(pair.later)} ∘ ${of(pair.earlier)} = ${of(pair)}` : of(pair)
  }

  onKey(event) {
    const by = KEYS[event.key]
    if (!by) return
    event.preventDefault()
    const done = Math.min(this.moment, this.data.rounds.length - 1)
    const made = this.tree.pairs.filter(({ round }) => round <= done)
    const from = this.chosen && this.chosen.round <= done ? this.chosen : made.at(-1)
    const next = neighbour(made, from, this.root.classList.contains("narrow") ? [by[1], by[0]] : by)
    if (next) this.choose(next)
  }

  destroy() {
    this.stop()
    this.size.disconnect()
    this.parent.replaceChildren()
  }
}

function text([x, y], content, kind) {
  const made = svg("text", { x, y, class: kind })
  made.textContent = content
  return made
}
