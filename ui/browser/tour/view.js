// The card: one sentence of the tour, what the reader should do, and the buttons. The page around it stays free to use.
import { CURTAIN, isLifted, letterOf, toggleBlack } from "../shared/curtain.js"
import { make } from "../shared/elements.js"
import { markDone } from "../shared/progress.js"
import { questionBox } from "../shared/question.js"
import { styleSheet } from "../shared/styles.js"
import { isReached } from "./goal.js"
import { Outline } from "./outline.js"

const LOOK_EVERY = 200 // milliseconds: for the element to appear, and for the setting that a step asks for

export class TourView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.outline = new Outline()
    this.done = new Set() // the stops whose setting was reached or whose question was answered
    this.card = make("section", "card")
    this.card.tabIndex = -1
    parent.append(styleSheet(), this.card)
    this.card.addEventListener("keydown", (event) => this.press(event))
    this.onEscape = (event) => this.pressedOnThePage(event)
    document.addEventListener("keydown", this.onEscape)
    this.onCurtain = ({ detail }) => this.curtainMoved(detail)
    addEventListener(CURTAIN, this.onCurtain)
    this.timer = setInterval(() => this.look(), LOOK_EVERY)
  }

  /**
   * @param {TourMessage} data
   * @param {SendTour} _setStateValue
   * @param {SendTour} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    this.send = (stop) => setTriggerValue("stop", stop)
    const shown = JSON.stringify(data)
    if (shown === this.shown) return
    const isNewStop = this.data?.name !== data.name || this.data?.stop !== data.stop
    this.shown = shown
    this.opensView ||= data.jump > 0 && data.jump !== this.data?.jump
    this.data = data
    if (isNewStop) this.given = null
    this.build()
    this.show(true)
    this.point()
    if (isNewStop && !this.isOnCurtain) this.card.focus({ preventScroll: true })
  }

  get stopKey() {
    return `${this.data.name} ${this.data.stop}`
  }

  /** Whether the step asks for something that has not been done yet. A teacher may always go on. */
  get waits() {
    const { goal, ask, is_lesson, is_student } = this.data
    return Boolean(goal || ask) && !this.done.has(this.stopKey) && (!is_lesson || is_student)
  }

  /** Whether the question of this step is on the curtain. */
  get isOnCurtain() {
    return this.data.is_covered && this.data.is_here && !isLifted()
  }

  build() {
    const { title, stop, last, text, words, is_here, is_student, minutes, note, tips, page_title } = this.data
    const head = make("div", "head")
    const leave = this.button("leave", "×", () => this.leave())
    leave.setAttribute("aria-label", words.leave)
    leave.title = words.leave
    head.append(make("b", "", title))
    if (!is_student) head.append(leave)
    const way = make("div", "way")
    way.style.setProperty("--share", String(stop / last))
    const where = words.place.replace("{stop}", String(stop)).replace("{last}", String(last))
    const place = make("p", "place", minutes ? `${where} · ${words.minutes.replace("{minutes}", String(minutes))}` : where)
    const sentence = make("p", "sentence", text)
    sentence.setAttribute("aria-live", "polite")
    this.card.setAttribute("aria-label", title)
    this.card.replaceChildren(head, way, place, sentence)
    if (!is_here) this.card.append(make("p", "note", words.elsewhere.replace("{page}", page_title)))
    if (this.data.ask && !this.isOnCurtain) this.card.append(this.question())
    if (this.data.goal) {
      this.status = make("p", "note status")
      this.status.setAttribute("role", "status")
      this.card.append(this.status)
    }
    if (note || tips.length) this.card.append(this.noteBox())
    this.card.append(this.buttons())
    this.update()
  }

  /** The teacher's note is folded at first: the class may see the screen. */
  noteBox() {
    this.note = /** @type {HTMLDetailsElement} */ (make("details", "teacher"))
    this.note.append(make("summary", "", this.data.words.note))
    for (const text of [this.data.note, ...this.data.tips]) if (text) this.note.append(make("p", "", text))
    return this.note
  }

  curtainMoved({ isUp, given }) {
    if (!this.data?.is_covered || !this.data.is_here) return
    if (given !== null) this.given = given
    if (isUp) this.done.add(this.stopKey)
    this.build()
    this.point()
  }

  /** Outline what the step speaks of, unless it is on another page or under the curtain. */
  point() {
    this.mustScroll = this.data.is_here && !this.isOnCurtain
    if (this.mustScroll) this.outline.show(this.data.target)
    else this.outline.hide()
  }

  question() {
    const answered = (given) => {
      this.given = given
      this.done.add(this.stopKey)
      this.update()
    }
    return questionBox(this.data.ask, this.data.words, answered, this.given ?? null)
  }

  buttons() {
    const { words, stop, last, is_here } = this.data
    const row = make("div", "buttons")
    this.back = this.button("quiet", words.back, () => this.go(stop - 1))
    this.back.disabled = stop === 1
    this.again = this.button("quiet", is_here ? words.again : words.return, () => this.send(stop))
    this.skip = this.button("quiet", words.skip, () => {
      this.done.add(this.stopKey)
      this.forward()
    })
    this.next = this.button("next", stop === last ? words.finish : words.next, () => this.forward())
    this.next.title = this.data.is_lesson ? words.lesson_keys : words.keys
    row.append(this.back, this.next, this.again, this.skip)
    return row
  }

  /** What depends on whether the step waits. */
  update() {
    const { words } = this.data
    this.next.disabled = this.waits || (this.data.is_student && this.data.stop === this.data.last)
    this.skip.hidden = !this.waits
    if (this.data.goal) this.status.textContent = this.waits ? words.waiting : words.done
  }

  go(stop) {
    if (stop >= 1 && stop <= this.data.last) this.send(stop)
  }

  forward() {
    const { name, stop, last } = this.data
    if (this.waits) return
    if (stop < last) return this.go(stop + 1)
    if (this.data.is_student) return
    markDone("toured", name)
    this.leave()
  }

  /** The card goes at once; the page takes it away when it has run. */
  leave() {
    this.show(false)
    this.send(0)
  }

  show(isShown) {
    this.card.hidden = !isShown
    document.documentElement.toggleAttribute("data-tour", isShown)
    if (!isShown) this.outline.hide()
  }

  /** Keys while the card has the focus. */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = { ArrowRight: () => this.forward(), PageDown: () => this.forward(), ArrowLeft: () => this.go(this.data.stop - 1), PageUp: () => this.go(this.data.stop - 1) }[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  /** Escape leaves, unless an open list or a text field takes the key. */
  pressedOnThePage(event) {
    const from = /** @type {HTMLElement} */ (event.composedPath()[0])
    const isTyping = from.matches?.("input:not([type=range]), textarea, select, [role=combobox], [role=dialog] *")
    if (this.data?.is_lesson) this.pressedInClass(event)
    if (event.key !== "Escape" || event.defaultPrevented || isTyping || this.data?.is_student) return
    event.preventDefault()
    this.leave()
  }

  /** The keys of a teacher's remote work wherever the focus is. */
  pressedInClass(event) {
    const act = { PageDown: () => this.forward(), PageUp: () => this.go(this.data.stop - 1), b: toggleBlack, n: () => this.toggleNote() }[letterOf(event)]
    if (!act || (event.key.length === 1 && this.data.is_student)) return
    event.preventDefault()
    act()
  }

  toggleNote() {
    if (this.note?.isConnected) this.note.open = !this.note.open
  }

  look() {
    if (!this.data) return
    const isIdle = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
    if (isIdle && this.data.is_here) {
      if (this.opensView) {
        this.opensView = false
        dispatchEvent(new CustomEvent("unrolled:view", { detail: new URLSearchParams(this.data.query).toString() }))
      }
      if (this.mustScroll && this.outline.find()) {
        this.mustScroll = false
        const { top, width } = this.card.getBoundingClientRect()
        this.outline.scroll(width > innerWidth * 0.6 ? innerHeight - top : 0)
      }
      if (this.data.goal && this.waits && isReached(this.data.goal)) {
        this.done.add(this.stopKey)
        this.update()
      }
    }
  }

  button(className, text, act) {
    const made = /** @type {HTMLButtonElement} */ (make("button", className, text))
    made.type = "button"
    made.onclick = act
    return made
  }

  destroy() {
    clearInterval(this.timer)
    document.removeEventListener("keydown", this.onEscape)
    removeEventListener(CURTAIN, this.onCurtain)
    document.documentElement.removeAttribute("data-black")
    this.show(false)
    this.parent.replaceChildren()
  }
}
