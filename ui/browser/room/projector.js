// The teacher's view of a room, for a projector: the question, the curtain with the count, the spread, and the list of stops.
import { make } from "../shared/elements.js"
import { styleSheet } from "../shared/styles.js"
import { Dots } from "./dots.js"
import { givenTable } from "./given.js"
import { filled, writeMarked } from "./marks.js"
import { drawn } from "./picture.js"
import { Spread, SPREAD_STYLES, verdict } from "./spread.js"
import { TeacherLine } from "./teacher_line.js"

const KEYS = { r: "reveal", f: "follow", b: "blank", ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back" }
const SIDE = 0.3 // of the board: where the sketches end

export class ProjectorView {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.root = root
    this.spread = new Spread()
    this.dots = new Dots()
    this.room = make("div", "room still")
    this.room.tabIndex = -1
    this.bar = make("div", "bar")
    this.ask = make("div", "ask")
    this.title = make("h2")
    this.note = make("p", "note")
    this.small = make("p", "small")
    this.ask.append(this.small, this.title, this.note)
    this.ask.setAttribute("aria-live", "polite")
    this.board = make("div", "board")
    this.picture = make("div", "picture")
    this.curtain = make("div", "curtain")
    this.count = make("div", "count")
    this.number = make("b")
    this.counted = make("span")
    this.count.append(this.number, this.counted)
    this.count.setAttribute("role", "status")
    this.card = make("aside", "card")
    this.picture.append(this.spread.element, this.curtain, this.count)
    this.frame = /** @type {HTMLIFrameElement} */ (make("iframe", "view"))
    this.board.append(this.picture, this.card, this.frame, this.dots.layer)
    this.dock = make("div", "dock")
    this.blank = make("button", "blank")
    this.blank.onclick = () => this.line.do("blank")
    this.room.append(this.bar, this.ask, this.board, this.dock, this.blank)
    root.append(styleSheet(), Object.assign(make("style"), { textContent: SPREAD_STYLES }), this.room)
    this.pressed = (event) => this.press(event)
    addEventListener("keydown", this.pressed)
    this.resized = new ResizeObserver(() => this.layOut(true))
    this.resized.observe(this.board)
  }

  destroy() {
    this.line?.close()
    removeEventListener("keydown", this.pressed)
    this.resized.disconnect()
    this.root.replaceChildren()
  }

  /** @param {RoomMessage} data */
  receive(data) {
    const isNew = !this.data || ["code", "key", "lang", "link"].some((name) => this.data[name] !== data[name])
    this.data = data
    if (!isNew) return
    this.line?.close()
    this.state = null
    this.drawCard()
    this.line = new TeacherLine(data, { news: (state) => this.news(state), lost: (reason) => this.lost(reason) })
  }

  drawCard() {
    const { qr, code, address, words, link } = this.data
    const size = qr.length
    const svg = drawn("svg", { viewBox: `-2 -2 ${size + 4} ${size + 4}`, role: "img", "aria-label": words.qr, "shape-rendering": "crispEdges" })
    drawn("rect", { x: -2, y: -2, width: size + 4, height: size + 4, fill: "#fff" }, svg)
    const path = qr.flatMap((row, y) => Array.from(row, (dark, x) => (dark === "1" ? `M${x} ${y}h1v1h-1z` : ""))).join("")
    drawn("path", { d: path, fill: "#000" }, svg)
    const invitation = make("p")
    const link_ = /** @type {HTMLAnchorElement} */ (make("a", "", address))
    link_.href = link
    link_.target = "_blank"
    invitation.append(`${words.scan} `, link_)
    this.card.replaceChildren(svg, make("div", "code", code), invitation)
  }

  lost(reason) {
    this.room.dataset.lost = reason
    this.small.textContent = this.data.words[reason]
  }

  /** @param {RoomState} state */
  news(state) {
    const before = this.state
    this.state = state
    const isSame = before?.round === state.round && before?.stop === state.stop
    this.room.classList.toggle("still", !before || !isSame)
    delete this.room.dataset.lost
    this.room.dataset.phase = state.stop ? state.phase : "lobby"
    this.room.dataset.kind = state.question?.kind ?? "none"
    this.room.toggleAttribute("data-given", Boolean(state.question?.table.length))
    this.blank.classList.toggle("on", state.isBlank)
    this.blank.setAttribute("aria-label", this.data.words.blank)
    this.drawBar()
    this.drawTitle()
    this.drawDock()
    this.showView()
    const needsBoard = !isSame || before.phase !== state.phase || (before.view === "") !== (state.view === "")
    this.layOut(needsBoard)
  }

  drawBar() {
    const { words, address, code } = this.data
    const { stops, stop, joined } = this.state
    const at = stops.findIndex((each) => each.id === stop)
    const place = make("span", "at", at < 0 ? "" : filled(words.stop, { at: at + 1, all: stops.length }))
    const there = make("span")
    writeMarked(there, filled(words.joined, { count: joined }))
    const whole = /** @type {HTMLButtonElement} */ (make("button", "whole", words.full_screen))
    whole.onclick = () => (document.fullscreenElement ? document.exitFullscreen() : this.room.requestFullscreen())
    this.bar.replaceChildren(place, there, make("span", "address", address), make("b", "", code), whole)
  }

  drawTitle() {
    const { state } = this
    const { words } = this.data
    const { question } = state
    this.small.textContent = ""
    if (!state.stop) {
      this.title.textContent = state.stops.length ? words.lobby : words.no_stops
      this.note.textContent = state.stops.length ? "" : words.no_stops_more
    } else if (!question) {
      writeMarked(this.title, state.title)
      this.note.textContent = ""
    } else if (state.phase === "shown") {
      writeMarked(this.small, question.text)
      writeMarked(this.title, verdict(question, state.solution, state.answers, words))
      writeMarked(this.note, state.solution.reason)
    } else {
      writeMarked(this.title, question.text)
      writeMarked(this.note, question.note)
    }
    this.title.classList.toggle("long", (this.title.textContent ?? "").length > 70)
  }

  drawDock() {
    const { words } = this.data
    const { stops, stop, phase, view, stopView, question } = this.state
    const at = stops.findIndex((each) => each.id === stop)
    const track = make("div", "track")
    stops.forEach((each, place) => {
      const button = /** @type {HTMLButtonElement} */ (make("button", `seg ${each.isAsked ? "done" : ""} ${place === at ? "here" : ""}`, String(place + 1)))
      Object.assign(button, { title: each.title, ariaLabel: `${place + 1}: ${each.title}`, onclick: () => this.line.do("go", each.id) })
      if (place === at) button.setAttribute("aria-current", "step")
      track.append(button)
    })
    const parts = [this.arrow("back", stops[at < 0 ? -1 : at - 1]), track, this.arrow("next", stops[at + 1])]
    if (view) parts.push(this.button("let_go", words.let_go, "", "", true))
    else {
      if (stop && phase === "shown") parts.push(this.button("again", words.again))
      if (stop && phase === "asking") parts.push(this.button("blank", words.blank, "B"))
      if (stop && phase === "asking" && question) parts.push(this.button("reveal", words.reveal, "R", "", true))
      else if (stopView) parts.push(this.button("follow", words.follow, "F", "", true))
    }
    this.dock.replaceChildren(...parts)
  }

  arrow(action, stop) {
    const button = /** @type {HTMLButtonElement} */ (make("button", `arrow ${action}`))
    const sign = make("i", "", action === "next" ? "→" : "←")
    button.append(...(action === "next" ? [make("span", "", stop?.title ?? ""), sign] : [sign, make("span", "", stop?.title ?? "")]))
    Object.assign(button, { disabled: !stop, ariaLabel: `${this.data.words[action]} ${stop?.title ?? ""}`, onclick: () => this.line.do(action) })
    return button
  }

  button(action, label, key = "", what = "", isMain = false) {
    const button = make("button", isMain ? "big" : "big ghost", label)
    button.dataset.do = action
    if (key) button.append(make("kbd", "", key))
    button.onclick = () => this.line.do(action, what)
    return button
  }

  /** The view to which all are brought, or the view of a stop that asks nothing: the class sees it here too. */
  showView() {
    const { view, question, stopView, stop } = this.state
    const shown = view || (stop && !question ? stopView : "")
    this.room.classList.toggle("views", shown !== "")
    if (shown === this.shown) return
    this.shown = shown
    if (!shown) return this.frame.removeAttribute("src")
    const address = new URL(shown, document.baseURI)
    address.searchParams.set("lang", this.data.lang)
    address.searchParams.set("embed", "true")
    this.frame.title = this.state.title
    this.frame.src = address.href
  }

  /** @param {boolean} isWhole also what lies behind the dots */
  layOut(isWhole) {
    const { state } = this
    if (!state?.stop || !state.question || this.room.classList.contains("views")) return this.dots.have(0)
    const { words } = this.data
    const size = parseFloat(getComputedStyle(this.room).fontSize)
    const isShown = state.phase === "shown"
    this.number.textContent = String(state.answered)
    this.counted.textContent = filled(words.of, { all: state.joined })
    const box = this.picture.getBoundingClientRect()
    const board = this.board.getBoundingClientRect()
    const side = state.question.kind === "sketch" && isShown && box.width > 40 * size ? Math.round(box.width * SIDE) : 0
    const shape = { width: Math.floor(box.width), height: Math.floor(box.height), size, side }
    if (isShown) {
      const places = this.spread.draw(state.question, state.solution, state.answers, null, words, shape)
      requestAnimationFrame(() => this.dots.fly(places.map(([x, y, radius, near]) => [x + box.left - board.left, y + box.top - board.top, radius, near])))
      return
    }
    if (isWhole) this.drawAsked(shape)
    const veil = this.curtain.getBoundingClientRect()
    this.dots.sit(state.joined, state.answered, { left: veil.left - board.left + size, width: veil.width - 2 * size, bottom: veil.bottom - board.top - size }, size)
  }

  /** What may be seen while answers come: the axes, or the options. */
  drawAsked(shape) {
    const { question } = this.state
    if (question.kind === "sketch") {
      this.spread.picture.layOut(question, shape.width, shape.height, shape.size)
      this.spread.element.replaceChildren(this.spread.picture.svg)
    } else if (question.kind === "number") {
      this.spread.element.replaceChildren(...(question.table.length ? [givenTable(question.table)] : []))
    } else {
      this.spread.box = shape
      this.spread.rows(question.options.map((text) => ({ text, isRight: false, isMine: false, of: [] })), 0)
    }
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const at = /** @type {Element} */ (event.composedPath()[0])
    if (!this.line || event.ctrlKey || event.metaKey || event.altKey || at.closest?.("input, textarea, select, [contenteditable], [role='slider'], [role='tab'], [role='radio']")) return
    const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!action || (action === "follow" && this.state?.view)) return
    event.preventDefault()
    this.line.do(action)
  }
}
