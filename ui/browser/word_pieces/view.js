// A text in word pieces, the slider for the number of merges, and the newest merges. All texts are set as text, not as HTML.
import { make } from "../shared/elements.js"
import { styleSheet } from "../shared/styles.js"
import { fill } from "../stepper/dom.js"
import { cut, ranksOf } from "./merges.js"

const NEWEST = 12 // merges that are listed

/** @param {string} piece */
const visible = (piece) => piece.replaceAll(" ", "␣").replaceAll("\n", "↵")

export class WordPiecesView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.label = Object.assign(document.createElement("label"), { className: "label", htmlFor: "merges" })
    this.number = make("output", "number")
    this.slider = Object.assign(document.createElement("input"), { type: "range", id: "merges", min: "0", step: "1" })
    this.slider.oninput = () => this.show()
    const head = make("div", "head")
    head.append(this.label, this.number)
    this.text = make("div", "text")
    this.text.tabIndex = 0
    this.text.setAttribute("role", "group")
    this.text.onkeydown = (event) => this.pressKey(event)
    this.text.onpointerover = this.text.onclick = ({ target }) => this.point(Number(/** @type {HTMLElement} */ (target).dataset.at ?? -1))
    this.foot = make("p", "foot")
    this.foot.setAttribute("aria-live", "polite")
    this.sum = make("p", "sum")
    this.title = make("div", "title")
    this.newest = make("ol", "newest")
    parent.append(styleSheet(), head, this.slider, this.sum, this.text, this.foot, this.title, this.newest)
  }

  destroy() {
    this.parent.replaceChildren()
  }

  /** @param {WordPiecesMessage} data */
  receive(data) {
    const isSame = this.data && this.data.at === data.at && this.data.pairs.length === data.pairs.length
    this.data = data
    this.ranks = ranksOf(data.pairs)
    this.from = /** @type {Map<string, number>} */ (new Map())
    data.pairs.forEach(([one, other], rank) => this.from.has(one + other) || this.from.set(one + other, rank))
    this.label.textContent = data.words.label
    this.text.setAttribute("aria-label", data.words.text)
    this.title.textContent = data.words.newest
    this.slider.max = String(data.pairs.length)
    if (!isSame) this.slider.value = String(data.at)
    this.show()
  }

  show() {
    const { passage, words } = this.data, count = this.slider.valueAsNumber
    this.number.textContent = String(count)
    this.slider.style.setProperty("--share", String(count / Math.max(1, this.data.pairs.length)))
    this.pieces = cut(passage, this.ranks, count)
    this.spans = this.pieces.map((piece, at) => {
      const span = make("span", Array.from(piece).length > 1 ? `piece ${at % 2 ? "odd" : "even"}` : "character", piece.replaceAll("\n", "↵\n"))
      span.dataset.at = String(at)
      return span
    })
    this.text.replaceChildren(...this.spans)
    const added = new Set(this.data.pairs.slice(0, count).map(([one, other]) => one + other)).size
    const characters = this.pieces.reduce((sum, piece) => sum + Array.from(piece).length, 0)
    this.sum.textContent = fill(words.sum, { characters, pieces: this.pieces.length, share: (characters / Math.max(1, this.pieces.length)).toFixed(2), known: count, added })
    this.list(count)
    this.point(-1)
  }

  /** @param {number} count */
  list(count) {
    const rows = this.data.pairs.slice(Math.max(0, count - NEWEST), count).map(([one, other], place) => {
      const rank = Math.max(0, count - NEWEST) + place
      const row = make("li", "")
      row.append(make("span", "rank", `${rank + 1}`), make("code", "", visible(one)), "+", make("code", "", visible(other)), "→", make("code", "made", visible(one + other)), make("span", "count", `× ${this.data.counts[rank]}`))
      return row
    })
    this.newest.replaceChildren(...(rows.length ? rows.reverse() : [make("li", "", this.data.words.none)]))
  }

  /** @param {number} at a piece; -1: none */
  point(at) {
    this.at = at
    this.spans.forEach((span, place) => span.classList.toggle("at", place === at))
    const { words, pairs, counts } = this.data, piece = this.pieces[at]
    const rank = this.from.get(piece)
    if (piece === undefined) this.foot.textContent = words.help
    else if (rank === undefined) this.foot.textContent = fill(words.character, { piece: visible(piece) })
    else this.foot.textContent = fill(words.piece, { piece: visible(piece), n: rank + 1, one: visible(pairs[rank][0]), other: visible(pairs[rank][1]), count: counts[rank] })
  }

  /** @param {KeyboardEvent} event */
  pressKey(event) {
    const to = { ArrowRight: this.at + 1, ArrowLeft: this.at - 1, Home: 0, End: this.pieces.length - 1 }[event.key]
    if (to === undefined) return
    event.stopPropagation() // Streamlit has shortcuts of its own
    event.preventDefault()
    this.point(Math.max(0, Math.min(to, this.pieces.length - 1)))
    this.spans[this.at]?.scrollIntoView({ block: "nearest" })
  }
}
