// The stage of the caption writer: the scene, the palette below it, and beside it the sentence with the attention of each word.
import { Newest } from "../shared/newest.js"
import { writeSentence } from "../shared/sentence.js"
import { styleSheet } from "../shared/styles.js"
import { fill, html, svg } from "../stepper/dom.js"
import { SceneField } from "./field.js"
import { Palette } from "./palette.js"
import { blur, drawShape, middleOf, shapesOf, veil } from "./shapes.js"

const WORD = 260 // milliseconds for a word
const FEW = [12, 20] // words, whose pictures can be larger

export class SceneView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.field = new SceneField({ change: (text) => this.tell(text), pick: () => this.showPalette() })
    this.palette = new Palette({
      dragNew: (event, form) => this.field.dragNew(event, form),
      change: () => this.take(),
      remove: () => this.act(() => this.field.remove()),
      clear: () => this.act(() => this.field.clear()),
    })
    const left = html("div", { class: "left" })
    left.append(this.field.root, this.palette.root)
    this.title = html("h2")
    this.playButton = html("button", { class: "play" })
    this.playButton.append(svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: "M6 3.5v17L20 12z" })))
    this.playButton.onclick = () => this.play()
    const head = html("div", { class: "head" })
    head.append(this.playButton, this.title)
    this.text = html("p", { class: "text" })
    this.text.setAttribute("aria-live", "polite")
    this.verdict = html("p", { class: "verdict" })
    this.cards = html("ol", { class: "cards" })
    this.legend = html("p", { class: "legend" })
    const right = html("div", { class: "right" })
    right.append(head, this.text, this.verdict, this.cards, this.legend)
    this.root = html("div", { class: "scene" })
    this.root.dataset.picture = ""
    this.root.append(left, right)
    this.newest = new Newest((scene, number) => this.send("scene", { scene, number }))
    parent.append(styleSheet(), this.root)
  }

  /**
   * @param {SceneMessage} data
   * @param {PartCall<any>["setStateValue"]} _setStateValue
   * @param {SendScene} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    this.data = data
    this.send = setTriggerValue
    const isNewest = this.newest.receive(data.scene, data.taken)
    this.field.brush = this.palette.kind
    this.field.receive(data, this.newest.value)
    this.showPalette()
    if (!isNewest) return
    const said = JSON.stringify([data.scene, data.said])
    const isOther = said !== this.shown
    this.shown = said
    this.title.textContent = data.title
    this.playButton.setAttribute("aria-label", data.words.play)
    this.playButton.title = data.words.play
    writeSentence(this.verdict, [data.sentence, data.note].filter(Boolean).join(" "))
    this.legend.textContent = data.said.some((word) => word.weights) ? data.words.legend : ""
    if (!isOther) return
    this.drawWords()
    if (this.field.isBusy || matchMedia("(prefers-reduced-motion: reduce)").matches) this.show(-1)
    else this.play()
  }

  drawWords() {
    const { data } = this
    const shapes = shapesOf(data.scene)
    const hasAttention = data.said.some((word) => word.weights)
    if (!data.said.length) this.text.textContent = data.words.hint
    else this.text.replaceChildren(...data.said.flatMap((word, at) => {
      const isFirst = at === 0 || word.text === "," || word.text === "，"
      const span = html("span", { class: word.wanted ? "word wrong" : "word" }, word.text)
      span.onpointerenter = () => this.point(at)
      span.onpointerleave = () => this.point(-1)
      return isFirst ? [span] : [data.joined, span]
    }))
    this.cards.classList.toggle("unseen", !hasAttention)
    this.cards.dataset.size = data.said.length <= FEW[0] ? "large" : data.said.length <= FEW[1] ? "middle" : "small"
    this.cards.replaceChildren(...data.said.map((word, at) => this.card(word, at, shapes)))
  }

  /** @param {SceneWord} word @param {number} at @param {import("./shapes.js").SceneShape[]} shapes */
  card(word, at, shapes) {
    const { data } = this
    const card = html("button", { class: word.wanted ? "card wrong" : "card" })
    const chance = `${(100 * word.chance).toFixed(word.chance > 0.995 ? 1 : 0)}%`
    if (word.weights) {
      const id = `blur-${at}`
      const drawn = shapes.map((shape) => drawShape(shape, middleOf(shape.cell, data), data))
      card.append(svg("svg", { viewBox: `0 0 ${data.side} ${data.side}`, "aria-hidden": "true" }, blur(id), ...drawn, veil(word.weights, data, id)))
    }
    const bar = html("i", { class: "chance" })
    bar.style.width = `${100 * word.chance}%`
    card.append(html("span", {}, word.text), bar)
    card.title = [fill(data.words.looks, { word: word.text, chance }), word.wanted ? fill(data.words.wanted, { word: word.wanted }) : ""].filter(Boolean).join("; ")
    card.onpointerenter = card.onfocus = () => this.point(at)
    card.onpointerleave = card.onblur = () => this.point(-1)
    card.onclick = () => this.point(at)
    const item = html("li")
    item.append(card)
    return item
  }

  /** The visitor points at a word. @param {number} at */
  point(at) {
    this.stop()
    this.show(at)
  }

  /** The word that is seen now, and where the network looks as it writes it; -1: none. @param {number} at */
  show(at) {
    const words = [...this.text.querySelectorAll(".word")]
    words.forEach((word, k) => word.classList.toggle("now", k === at))
    ;[...this.cards.children].forEach((item, k) => item.classList.toggle("now", k === at))
    this.field.look(this.data.said[at]?.weights ?? null)
  }

  play() {
    this.stop()
    let at = -1
    this.root.classList.add("playing")
    const step = () => {
      at += 1
      const isOver = at >= this.data.said.length
      this.show(isOver ? -1 : at)
      if (isOver) this.stop()
      else this.timer = setTimeout(step, WORD)
    }
    step()
  }

  stop() {
    clearTimeout(this.timer)
    this.timer = undefined
    this.root.classList.remove("playing")
  }

  showPalette() {
    if (!this.data) return
    this.palette.receive(this.data, this.field.selected)
    this.field.brush = this.palette.kind
  }

  /** The palette has another kind: the selected shape takes it. */
  take() {
    this.field.brush = this.palette.kind
    this.field.change()
    this.palette.receive(this.data, this.field.selected)
  }

  /** @param {() => void} change */
  act(change) {
    change()
    this.showPalette()
  }

  /** @param {string} text */
  tell(text) {
    this.stop()
    this.newest.change(text)
  }

  destroy() {
    this.stop()
    this.parent.replaceChildren()
  }
}
