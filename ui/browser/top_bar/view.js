// The bar: the name, the chapters with one dot a page and a list of titles, the language, the projector.
import { isPlainClick, make } from "../shared/elements.js"
import { doneIn, markDone } from "../shared/progress.js"
import { styleSheet } from "../shared/styles.js"
import { SearchPanel } from "./search.js"
import { isProjector, setProjector } from "./projector.js"

export class TopBarView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.bar = make("header", "bar")
    parent.append(styleSheet(), this.bar)
    this.closeAll = ({ target }) => {
      if (!this.bar.contains(target)) this.open(null)
    }
    this.onKey = (event) => {
      if (event.key !== "Escape") return
      const opened = /** @type {HTMLElement | null} */ (this.bar.querySelector('[aria-expanded="true"]'))
      this.open(null)
      opened?.focus()
      if (opened || isProjector()) event.preventDefault() // whoever else listens sees that the key is taken
      if (!opened && isProjector()) this.project(false)
    }
    document.addEventListener("click", this.closeAll)
    document.addEventListener("keydown", this.onKey)
  }

  /**
   * @param {TopBarMessage} data
   * @param {SendTopBar} _setStateValue
   * @param {SendTopBar} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    this.send = setTriggerValue
    markDone("visited", data.current)
    markDone("answered", ...data.answered)
    document.documentElement.classList.toggle("is-home", data.current === "home")
    const shown = JSON.stringify([data, [...doneIn("visited")]])
    if (shown === this.shown) return
    this.shown = shown
    this.data = data
    this.build()
  }

  build() {
    const { chapters, current, words } = this.data
    const home = this.link("home", "word")
    home.append(logo(), make("span", "", "Unrolled"))
    home.setAttribute("aria-label", `Unrolled: ${words.home}`)
    this.menuButton = make("button", "menu-button", words.menu)
    this.menuButton.setAttribute("aria-expanded", "false")
    this.menuButton.onclick = () => this.openMenu(this.menuButton.getAttribute("aria-expanded") !== "true")
    const nav = make("nav", "chapters")
    nav.setAttribute("aria-label", words.chapters)
    nav.append(...chapters.map((chapter) => this.chapter(chapter, current)))
    if (this.search?.index !== this.data.index) {
      this.search?.destroy()
      this.search = new SearchPanel(this.data, (address) => this.send("found", address))
      this.parent.append(this.search.panel) // beside the bar: it stays open while the bar is built anew
    }
    this.projector = make("button", "tool", words.projector)
    this.projector.title = words.projector_help
    this.projector.onclick = () => this.project(!isProjector())
    const add = /** @type {HTMLButtonElement} */ (make("button", "tool add", "+"))
    add.title = words.add_view
    add.setAttribute("aria-label", words.add_view)
    add.hidden = current === "lesson"
    add.onclick = () => this.send("view", location.search)
    this.bar.replaceChildren(home, this.menuButton, nav, this.search.button, this.languages(), add, this.projector)
    this.project(isProjector())
  }

  /** A chapter's name with a dot for each of its pages, and the list of their titles, which opens on click, hover and focus. */
  chapter({ title, pages }, current) {
    const visited = doneIn("visited")
    const box = make("div", "chapter")
    const button = make("button", "name")
    button.setAttribute("aria-expanded", "false")
    const dots = make("span", "dots")
    dots.setAttribute("aria-hidden", "true")
    const list = make("ul", "pages")
    for (const [slug, label] of Object.entries(pages)) {
      dots.append(make("i", `${visited.has(slug) ? "visited" : ""} ${slug === current ? "here" : ""}`))
      const link = this.link(slug, visited.has(slug) ? "visited" : "")
      link.append(label)
      if (slug === current) link.setAttribute("aria-current", "page")
      const item = make("li", "")
      item.append(link)
      list.append(item)
    }
    if (current in pages) box.classList.add("here")
    button.append(make("span", "", title), dots)
    button.onclick = () => this.open(button.getAttribute("aria-expanded") === "true" ? null : box)
    box.onpointerenter = ({ pointerType }) => pointerType === "mouse" && this.isWide() && this.open(box)
    box.onpointerleave = ({ pointerType }) => pointerType === "mouse" && this.isWide() && this.open(null)
    box.append(button, list)
    return box
  }

  languages() {
    const { language, languages, words } = this.data
    const group = make("div", "languages")
    group.setAttribute("role", "group")
    group.setAttribute("aria-label", words.language)
    for (const [code, name] of Object.entries(languages)) {
      const button = make("button", "", name)
      button.lang = code
      button.setAttribute("aria-pressed", String(code === language))
      button.onclick = () => code !== language && this.send("language", code)
      group.append(button)
    }
    return group
  }

  /** An address of its own for tabs, and a message for a plain click. */
  link(slug, className) {
    const link = /** @type {HTMLAnchorElement} */ (make("a", className))
    const url = new URL(slug === "home" ? "./" : slug, document.baseURI)
    const asked = new URLSearchParams(location.search).get("lang")
    if (asked) url.searchParams.set("lang", this.data.language)
    link.href = url.href
    link.onclick = (event) => {
      if (!isPlainClick(event)) return
      event.preventDefault()
      this.open(null)
      this.openMenu(false)
      if (slug !== this.data.current) this.send("page", slug)
    }
    return link
  }

  isWide() {
    return getComputedStyle(this.menuButton).display === "none"
  }

  /** @param {HTMLElement | null} chosen the chapter whose list is open */
  open(chosen) {
    for (const box of this.bar.querySelectorAll(".chapter")) {
      box.classList.toggle("open", box === chosen)
      box.querySelector(".name").setAttribute("aria-expanded", String(box === chosen))
    }
    if (!chosen) this.openMenu(false)
  }

  openMenu(isOpen) {
    this.menuButton?.setAttribute("aria-expanded", String(isOpen))
    this.bar.classList.toggle("menu-open", isOpen)
  }

  project(isOn) {
    setProjector(isOn)
    this.bar.classList.toggle("projected", isOn)
    this.projector.setAttribute("aria-pressed", String(isOn))
    this.bar.classList.toggle("large", isOn)
  }

  destroy() {
    this.search?.destroy()
    document.removeEventListener("click", this.closeAll)
    document.removeEventListener("keydown", this.onKey)
    this.parent.replaceChildren()
  }
}

/** Three states of a recurrent network, unrolled: the app's sign. */
function logo() {
  const box = document.createElement("span")
  box.className = "logo"
  box.innerHTML =
    '<svg viewBox="0 0 34 18" aria-hidden="true"><path d="M5 9h24M5 9C5 0 17 0 17 9c0-9 12-9 12 0" fill="none" stroke="currentColor" stroke-width="1.8"/>' +
    '<circle cx="5" cy="11" r="4"/><circle cx="17" cy="11" r="4" class="hollow"/><circle cx="29" cy="11" r="4"/></svg>'
  return box
}
