// A lesson in a file that works from a disk: its stops with questions and pictures, in the languages that the file has.
import { make } from "../shared/elements.js"
import { questionBox } from "../shared/question.js"
import { styleSheet } from "../shared/styles.js"

export class LessonPlayerView {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.parent = parent
    this.root = make("main", "lesson")
    parent.append(styleSheet(), this.root)
    this.at = 0
    this.lifted = new Set() // the stops whose picture has been shown
    this.given = new Map() // by stop: the reader's own answers
    /** @type {(() => void)[]} */
    this.endings = [] // of the pictures that are shown
    addEventListener("keydown", (event) => this.press(event))
  }

  /** @param {LessonPlayerMessage} data */
  receive(data) {
    this.lessons = data.lessons
    const wanted = (navigator.language ?? "").slice(0, 2)
    this.show(this.lessons.find(({ code }) => code === wanted) ?? this.lessons[0])
  }

  show(lesson) {
    this.endPictures()
    this.lesson = lesson
    const { words, stops, title } = lesson
    const stop = stops[this.at]
    document.documentElement.lang = lesson.code
    document.title = title
    const heading = document.querySelector("h1")
    if (heading) heading.textContent = title
    const place = words.place.replace("{stop}", String(this.at + 1)).replace("{last}", String(stops.length))
    const head = make("div", "head")
    head.append(this.button(words.back, () => this.go(-1), this.at === 0), this.button(words.next, () => this.go(1), this.at === stops.length - 1))
    head.append(make("span", "place", stop.minutes ? `${place} · ${words.minutes.replace("{minutes}", String(stop.minutes))}` : place))
    const languages = make("span", "languages")
    for (const each of this.lessons) {
      const button = this.button(each.name, () => this.show(each))
      button.setAttribute("aria-pressed", String(each === lesson))
      languages.append(button)
    }
    head.append(languages)
    this.root.replaceChildren(head, make("h2", "", stop.title), ...this.body(stop, words))
  }

  body(stop, words) {
    const isCovered = stop.is_covered && !this.lifted.has(this.at)
    const question = stop.ask ? [questionBox(stop.ask, words, (given) => this.answered(given), this.given.get(this.at) ?? null)] : []
    if (!isCovered) return [...question, ...this.pictures(stop, words)]
    this.liftButton = this.button(words.lift, () => this.lift())
    this.liftButton.hidden = Boolean(stop.ask) && !this.given.has(this.at)
    return [...question, this.liftButton]
  }

  pictures(stop, words) {
    const boxes = stop.parts.map(({ address, data, isShadow, height }) => {
      const box = make("div", "part")
      box.style.minHeight = height
      const parentElement = isShadow ? box.attachShadow({ mode: "open" }) : box
      requestAnimationFrame(() => {
        const begin = window.unrolledKept?.[address]
        if (begin && box.isConnected) this.endings.push(begin({ data, parentElement, setStateValue() {}, setTriggerValue() {} }))
      })
      return box
    })
    const link = /** @type {HTMLAnchorElement} */ (make("a", "", stop.page_title))
    link.href = stop.view
    const source = make("p", "source", boxes.length ? "" : `${words.no_picture} `)
    source.append(link)
    return [...boxes, source]
  }

  /** A picture that is left must hear no keys any more. */
  endPictures() {
    for (const end of this.endings.splice(0)) end()
  }

  /** @param {number | string} given */
  answered(given) {
    this.given.set(this.at, given)
    if (this.liftButton) this.liftButton.hidden = false
  }

  lift() {
    this.lifted.add(this.at)
    this.show(this.lesson)
  }

  go(by) {
    this.at = Math.min(Math.max(this.at + by, 0), this.lesson.stops.length - 1)
    this.show(this.lesson)
  }

  press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target !== document.body) return
    const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    this.go(by)
  }

  button(text, act, isDisabled = false) {
    const made = /** @type {HTMLButtonElement} */ (make("button", "", text))
    made.type = "button"
    made.disabled = isDisabled
    made.onclick = act
    return made
  }

  destroy() {
    this.endPictures()
    this.parent.replaceChildren()
  }
}
