// The stage of finding: the picture with a palette below it, and beside it the glimpses, or what the scan of all windows found.
import { writeSentence } from "../shared/sentence.js"
import { styleSheet } from "../shared/styles.js"
import { fill, html, svg } from "../stepper/dom.js"
import { FinderField } from "./field.js"
import { foundBox, middleOf, nextPlaces, path, trueBox, windowAt } from "./marks.js"
import { Palette } from "./palette.js"
import { paint } from "./picture.js"

const PATIENCE = 10_000 // milliseconds; then an answer that has not come is not waited for
const GLIMPSE = 750 // milliseconds for a glimpse
const SWEEP = 2200 // milliseconds for the scan of all windows

export class FinderView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.at = -1 // the glimpse that is shown, after the last one the end; -1: all
    this.newest = { scene: "", ink: "", number: 0 } // the picture as the visitor left it
    this.field = new FinderField({
      change: (text) => this.tell({ scene: text }), ink: (text) => this.tell({ ink: text }), pick: () => this.palette.receive(this.data, this.field),
    })
    this.palette = new Palette(this.field)
    const left = html("div", { class: "left" }, this.field.root, this.palette.root)
    this.title = html("h2")
    this.playButton = this.button("M6 3.5v17L20 12z", () => this.play())
    this.backButton = this.button("M15 4 7 12l8 8z", () => this.step(-1))
    this.onButton = this.button("M9 4v16l8-8z", () => this.step(1))
    const head = html("div", { class: "head" }, this.playButton, this.backButton, this.onButton, this.title)
    this.reading = html("p", { class: "reading", "aria-live": "polite" })
    this.verdict = html("p", { class: "verdict" })
    this.cards = html("ol", { class: "cards" })
    this.legend = html("p", { class: "legend" })
    this.rivalCanvas = /** @type {HTMLCanvasElement} */ (html("canvas", { "aria-hidden": "true" }))
    this.rivalMarks = svg("svg", { "aria-hidden": "true" })
    this.rivalText = html("p")
    this.rival = html("div", { class: "rival" }, html("div", { class: "small" }, this.rivalCanvas, this.rivalMarks), this.rivalText)
    const right = html("div", { class: "right" }, head, this.reading, this.verdict, this.cards, this.legend, this.rival)
    this.root = html("div", { class: "finder", "data-picture": "" }, left, right)
    parent.append(styleSheet(), this.root)
  }

  /** @param {string} shape @param {() => void} act */
  button(shape, act) {
    return html("button", { class: "play", type: "button", click: act }, svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: shape })))
  }

  /**
   * @param {FinderMessage} data
   * @param {PartCall<any>["setStateValue"]} _setStateValue
   * @param {SendFinder} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    this.data = data
    this.send = setTriggerValue
    if (this.isUnsent || (this.isWaiting && data.taken !== this.newest.number)) {
      if (data.taken === this.sentNumber) this.sendNow()
    } else {
      this.newest = { scene: data.scene, ink: data.ink, number: data.taken }
      this.isWaiting = false
    }
    this.field.receive(data, this.newest.scene, this.newest.ink)
    this.palette.receive(data, this.field)
    for (const [button, words] of /** @type {const} */ ([[this.playButton, data.words.play], [this.backButton, data.words.back], [this.onButton, data.words.next]])) {
      button.setAttribute("aria-label", words)
      button.title = words
    }
    this.title.textContent = data.title
    this.backButton.hidden = this.onButton.hidden = data.isScan
    writeSentence(this.reading, data.reading)
    writeSentence(this.verdict, [data.sentence, data.note].filter(Boolean).join(" "))
    this.legend.textContent = data.legend
    this.cards.replaceChildren(...(data.isScan ? data.found.map((found) => this.foundCard(found)) : data.glimpses.map((glimpse, at) => this.card(glimpse, at))))
    this.drawRival()
    const shown = JSON.stringify([data.scene, data.ink, data.isScan, data.glimpses, data.found])
    const isOther = shown !== this.shown
    this.shown = shown
    if (!isOther && !this.isPlaying) this.show(this.at)
    if (!isOther) return
    if (this.field.isBusy || this.isWaiting || matchMedia("(prefers-reduced-motion: reduce)").matches) this.point(-1)
    else this.play()
  }

  /** The scan of all windows, small, beside the glimpses. */
  drawRival() {
    const { data } = this
    this.rival.hidden = data.isScan || !data.rival
    if (this.rival.hidden) return
    paint(this.rivalCanvas, this.field.picture, data.side)
    this.rivalMarks.setAttribute("viewBox", `0 0 ${data.side} ${data.side}`)
    this.rivalMarks.replaceChildren(...this.scanMarks())
    writeSentence(this.rivalText, data.rival)
  }

  scanMarks() {
    const { data } = this
    return [...data.boxes.map(trueBox), ...data.candidates.map((found) => foundBox(found, true)), ...data.found.map((found) => foundBox(found))]
  }

  /** @param {FinderGlimpse} glimpse @param {number} at */
  card(glimpse, at) {
    const { words } = this.data
    const isWrong = glimpse.found?.isRight === false
    const card = html("button", { class: isWrong ? "card wrong" : "card", type: "button" }, this.crop(glimpse.cell))
    const name = glimpse.found ? glimpse.found.label : words.nothing
    card.append(html("b", {}, glimpse.found ? name : "–"), this.chance(glimpse.chance))
    card.title = fill(words.glimpse, { number: at + 1, name, chance: percent(glimpse.chance) })
    card.setAttribute("aria-label", card.title)
    card.onclick = () => this.point(at)
    card.onpointerenter = (event) => event.pointerType === "mouse" && this.point(at)
    card.onpointerleave = (event) => event.pointerType === "mouse" && this.point(-1)
    return html("li", {}, card)
  }

  /** @param {FinderFound} found */
  foundCard(found) {
    const card = html("div", { class: found.isRight === false ? "card wrong" : "card" }, this.crop(found.cell), html("b", {}, found.label), this.chance(found.chance))
    card.title = `${found.label}: ${percent(found.chance)}`
    return html("li", {}, card)
  }

  /** @param {number} cell */
  crop(cell) {
    const canvas = /** @type {HTMLCanvasElement} */ (html("canvas", { "aria-hidden": "true" }))
    const [x, y] = middleOf(this.data, cell)
    paint(canvas, this.field.picture, this.data.side, x - this.data.window / 2, y - this.data.window / 2, this.data.window)
    return canvas
  }

  /** @param {number} share */
  chance(share) {
    const bar = html("i", { class: "chance" })
    bar.style.width = percent(share)
    return bar
  }

  /** @param {number} at */
  point(at) {
    this.stop()
    this.show(at)
  }

  /** @param {number} by */
  step(by) {
    const count = this.data.glimpses.length + 2 // each glimpse, the end, and all
    this.point(((this.at + 1 + by + count) % count) - 1)
  }

  /** A glimpse with the places from which it was chosen; after the last one where the network would look next; -1: all. @param {number} at */
  show(at) {
    this.at = at
    const { data } = this
    ;[...this.cards.children].forEach((item, k) => item.classList.toggle("now", k === at))
    if (data.isScan) return this.field.mark(this.scanMarks())
    const isAll = at < 0
    const upTo = isAll ? data.glimpses.length : Math.min(at + 1, data.glimpses.length)
    const seen = data.glimpses.slice(0, upTo)
    const boxes = seen.flatMap(({ found }) => (found ? [foundBox(found)] : []))
    const marks = [...(isAll ? data.boxes.map(trueBox) : []), ...boxes, path(data, upTo)]
    if (!isAll) {
      marks.unshift(nextPlaces(data, at < data.glimpses.length ? data.glimpses[at].where : data.end))
      if (at < data.glimpses.length) marks.push(windowAt(data, data.glimpses[at].cell))
    }
    this.field.mark(marks)
    this.legend.textContent = isAll ? data.legend : at < data.glimpses.length ? data.words.chosen : data.endWords
  }

  play() {
    this.stop()
    this.isPlaying = true
    if (this.data.isScan) return this.sweep()
    let at = -1
    const next = () => {
      at += 1
      const isOver = at > this.data.glimpses.length
      this.show(isOver ? -1 : at)
      if (isOver) this.isPlaying = false
      else this.timer = setTimeout(next, GLIMPSE)
    }
    next()
  }

  /** The window at all places, one after the other. */
  sweep() {
    const { data } = this
    const places = (data.side / data.place) ** 2
    const begun = performance.now()
    const next = () => {
      const cell = Math.floor(((performance.now() - begun) / SWEEP) * places)
      if (cell >= places) return this.point(-1)
      const seen = data.candidates.filter((found) => found.cell <= cell).map((found) => foundBox(found, true))
      this.field.mark([...seen, windowAt(data, cell)])
      this.frame = requestAnimationFrame(next)
    }
    next()
  }

  stop() {
    this.isPlaying = false
    clearTimeout(this.timer)
    cancelAnimationFrame(this.frame)
  }

  /** The newest scene is sent when the page has answered the one before. @param {{ scene?: string, ink?: string }} news */
  tell(news) {
    this.stop()
    this.field.mark([])
    this.newest = { ...this.newest, ...news, number: this.newest.number + 1 }
    this.isUnsent = true
    if (!this.isWaiting) this.sendNow()
  }

  sendNow() {
    this.isUnsent = false
    this.isWaiting = true
    this.sentNumber = this.newest.number
    this.send("sent", this.newest)
    clearTimeout(this.patience)
    this.patience = setTimeout(() => {
      this.isWaiting = false
      if (this.isUnsent) this.sendNow()
    }, PATIENCE)
  }

  destroy() {
    this.stop()
    clearTimeout(this.patience)
    this.parent.replaceChildren()
  }
}

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(share > 0.995 && share < 1 ? 1 : 0)}%`
