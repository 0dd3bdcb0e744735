// Makes a lesson's file: opens every stop in both languages in a small frame, takes its pictures, and joins them into one page.
import { make } from "../shared/elements.js"
import { download } from "../shared/download.js"
import { standalonePage } from "../shared/standalone.js"
import { styleSheet } from "../shared/styles.js"
import { collect } from "./collect.js"

const AT_ONCE = 3 // views that are opened beside each other: each waits mostly for its own scripts and for silence

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
    /** @type {HTMLIFrameElement[] | null} */
    this.frames = null
    this.button.onclick = () => (this.frames ? this.stop() : this.begin())
  }

  /** @param {LessonFileMessage} data */
  receive(data) {
    this.data = data
    if (!this.frames) this.button.textContent = data.words.make
  }

  stop() {
    for (const frame of this.frames ?? []) frame.remove()
    this.frames = null
    this.status.textContent = ""
    this.screen.hidden = true
    if (this.data) this.button.textContent = this.data.words.make
  }

  async begin() {
    const { data } = this
    const frames = Array.from({ length: AT_ONCE }, () => /** @type {HTMLIFrameElement} */ (make("iframe")))
    this.frames = frames
    this.screen.replaceChildren(...frames)
    this.screen.hidden = false
    this.button.textContent = data.words.stop
    try {
      const page = await this.joined(data, frames)
      if (this.frames !== frames || !page) return
      download(page, data.filename)
      this.end(data.words.done)
    } catch (error) {
      console.error(error)
      if (this.frames === frames) this.end(data.words.failed)
    }
  }

  /** @param {string} said */
  end(said) {
    this.stop()
    this.status.textContent = said
  }

  /** @param {LessonFileMessage} data @param {HTMLIFrameElement[]} frames @returns {Promise<Blob | null>} null when it was stopped */
  async joined({ languages, player, words }, frames) {
    const libraries = new Set()
    const lessons = languages.map(({ code, name, title, words, stops }) => ({ code, name, title, words, stops: stops.map((stop) => ({ ...stop, parts: [] })) }))
    const views = lessons.flatMap(({ code, stops }) => stops.map((stop) => ({ code, stop })))
    const total = views.length
    let done = 0
    const say = () => (this.status.textContent = words.making.replace("{number}", String(done)).replace("{total}", String(total)))
    say()
    const takeViews = async (/** @type {HTMLIFrameElement} */ frame) => {
      for (let next = views.shift(); next && this.frames === frames; next = views.shift()) {
        const { code, stop } = next
        const address = new URL(stop.view, document.baseURI)
        address.searchParams.set("lang", code)
        address.searchParams.set("embed", "true")
        const found = await collect(frame, address.href, stop.target, () => this.frames !== frames)
        for (const library of found.libraries) libraries.add(library)
        stop.view = address.href.replace(/[?&]embed=true/, "")
        stop.parts = found.parts
        done += 1
        if (this.frames === frames) say()
      }
    }
    await Promise.all(frames.map(takeViews))
    if (this.frames !== frames) return null
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
