// Makes a lesson's file: opens every stop in both languages in a small frame, takes its pictures, and joins them into one page.
import { make } from "../shared/elements.js"
import { download } from "../shared/download.js"
import { standalonePage } from "../shared/standalone.js"
import { styleSheet } from "../shared/styles.js"
import { collect } from "./collect.js"

export class LessonFileView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.button = /** @type {HTMLButtonElement} */ (make("button", "make"))
    this.button.type = "button"
    this.status = make("p", "status")
    this.status.setAttribute("role", "status")
    this.screen = make("div", "screen")
    this.screen.hidden = true
    parent.append(styleSheet(), this.button, this.status, this.screen)
    this.button.onclick = () => (this.frame ? this.stop() : this.begin())
  }

  /** @param {LessonFileMessage} data */
  receive(data) {
    this.data = data
    if (!this.frame) this.button.textContent = data.words.make
  }

  stop() {
    this.frame?.remove()
    this.frame = null
    this.screen.hidden = true
    if (this.data) this.button.textContent = this.data.words.make
  }

  async begin() {
    const { data } = this
    const frame = /** @type {HTMLIFrameElement} */ (make("iframe"))
    this.frame = frame
    this.screen.replaceChildren(frame)
    this.screen.hidden = false
    this.button.textContent = data.words.stop
    try {
      const page = await this.joined(data, frame)
      if (this.frame !== frame || !page) return
      download(page, data.filename)
      this.status.textContent = data.words.done
    } catch (error) {
      console.error(error)
      if (this.frame === frame) this.status.textContent = data.words.failed
    } finally {
      if (this.frame === frame) this.stop()
    }
  }

  /** @param {LessonFileMessage} data @param {HTMLIFrameElement} frame */
  async joined({ languages, player, words }, frame) {
    const total = languages.reduce((sum, { stops }) => sum + stops.length, 0)
    const libraries = new Set()
    const lessons = []
    let at = 0
    for (const language of languages) {
      const stops = []
      for (const stop of language.stops) {
        this.status.textContent = words.making.replace("{number}", String(++at)).replace("{total}", String(total))
        const address = new URL(stop.view, document.baseURI)
        address.searchParams.set("lang", language.code)
        address.searchParams.set("embed", "true")
        const found = await collect(frame, address.href, stop.target)
        if (this.frame !== frame) return null
        for (const library of found.libraries) libraries.add(library)
        stops.push({ ...stop, view: address.href.replace(/[?&]embed=true/, ""), parts: found.parts })
      }
      lessons.push({ code: language.code, name: language.name, title: language.title, words: language.words, stops })
    }
    const kept = new Set(lessons.flatMap(({ stops }) => stops.flatMap(({ parts }) => parts.map(({ address }) => address))))
    const shown = { module: player, height: 0, words: { unavailable: "" }, lessons }
    return standalonePage({
      title: languages[0].title,
      parts: [{ address: player, data: shown, isShadow: false, height: "0" }],
      libraries: [...libraries],
      kept: [...kept],
    })
  }

  destroy() {
    this.stop()
    this.parent.replaceChildren()
  }
}
