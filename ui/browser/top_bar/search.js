// The search: a button in the bar, and a panel with a field and its results. `/` and Ctrl+K open it, the arrow keys choose, Enter
// opens, Escape closes.
import { isPlainClick, make } from "../shared/elements.js"
import { reference } from "../shared/reference.js"
import { bestEntries } from "./ranking.js"

const TYPING = "input, textarea, select, [contenteditable=true], [role=combobox]"

export class SearchPanel {
  /**
   * @param {TopBarMessage} data
   * @param {(address: string) => void} open
   */
  constructor({ index, language, words }, open) {
    this.index = index
    this.language = language
    this.words = words
    this.follow = open
    this.chosen = 0
    this.found = []
    this.button = /** @type {HTMLButtonElement} */ (make("button", "search-button"))
    this.button.append(glass(), make("span", "", words.search), make("kbd", "", "/"))
    this.button.title = words.search_help
    this.button.setAttribute("aria-label", words.search_help)
    this.button.onclick = () => this.show()
    this.panel = /** @type {HTMLDialogElement} */ (make("dialog", "search"))
    this.panel.setAttribute("aria-label", words.search)
    this.field = /** @type {HTMLInputElement} */ (make("input", ""))
    this.list = make("ul", "found")
    this.build()
    this.onKey = (event) => {
      const [at] = event.composedPath()
      const isTyping = at instanceof Element && at.matches(TYPING)
      const isShortcut = (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) ||
        (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey)
      if (!isShortcut || this.panel.open) return
      event.preventDefault()
      this.show()
    }
    document.addEventListener("keydown", this.onKey)
  }

  build() {
    const { field, list, words } = this
    field.type = "search"
    field.placeholder = field.ariaLabel = words.search_hint
    field.autocomplete = "off"
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "true"], ["aria-controls", "found"], ["aria-autocomplete", "list"]]) field.setAttribute(name, value)
    list.id = "found"
    list.setAttribute("role", "listbox")
    list.setAttribute("aria-label", words.results)
    this.status = make("p", "status")
    this.status.setAttribute("role", "status")
    const close = make("button", "close", words.close)
    close.onclick = () => this.panel.close()
    const head = make("div", "search-head")
    head.append(field, close)
    this.panel.append(head, this.status, list)
    this.panel.onclick = ({ target }) => target === this.panel && this.panel.close()
    this.panel.onkeydown = (event) => this.key(event)
    field.oninput = () => this.look()
  }

  async show() {
    this.panel.showModal()
    this.field.select()
    try {
      this.known = await reference(this.index)
      this.look()
    } catch {
      this.status.textContent = this.words.no_index
    }
  }

  look() {
    if (!this.known) return
    this.found = bestEntries(this.known.entries, this.field.value)
    this.status.textContent = this.field.value.trim() && !this.found.length ? this.words.nothing_found : ""
    this.list.replaceChildren(...this.found.map((entry, place) => this.result(entry, place)))
    this.choose(0)
  }

  result(entry, place) {
    const item = make("li", "")
    item.id = `found-${place}`
    item.setAttribute("role", "option")
    const link = /** @type {HTMLAnchorElement} */ (make("a", ""))
    link.tabIndex = -1
    link.href = this.addressOf(entry)
    link.append(make("span", "kind", this.known.kinds[entry.kind]), make("strong", "", entry.title), make("span", "text", entry.text))
    link.onclick = (event) => {
      if (!isPlainClick(event)) return
      event.preventDefault()
      this.go(entry)
    }
    item.append(link)
    return item
  }

  /** An address of its own, for a tab. */
  addressOf({ address }) {
    const url = new URL(address === "home" ? "./" : address, document.baseURI)
    url.searchParams.set("lang", this.language)
    return url.href
  }

  go(entry) {
    this.panel.close()
    this.follow(entry.address)
  }

  choose(place) {
    this.chosen = Math.max(0, Math.min(place, this.found.length - 1))
    for (const [at, item] of [...this.list.children].entries()) {
      item.setAttribute("aria-selected", String(at === this.chosen))
      if (at === this.chosen) item.scrollIntoView({ block: "nearest" })
    }
    if (this.found.length) this.field.setAttribute("aria-activedescendant", `found-${this.chosen}`)
    else this.field.removeAttribute("aria-activedescendant")
  }

  key(event) {
    event.stopPropagation() // the page behind has keys of its own
    const moves = { ArrowDown: 1, ArrowUp: -1 }
    if (event.key === "Escape") this.panel.close() // at once: a search field would take the first Escape to empty itself
    else if (event.key in moves) this.choose(this.chosen + moves[event.key])
    else if (event.key === "Enter" && event.target === this.field && this.found.length && !event.isComposing) this.go(this.found[this.chosen])
    else return
    event.preventDefault()
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey)
    this.panel.remove()
  }
}

function glass() {
  const box = make("span", "glass")
  box.innerHTML =
    '<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M10.5 10.5 14.5 14.5" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></svg>'
  return box
}
