// The menu "⋯" of a chart or a diagram: a button and a list of actions, for pointer, keys and screen readers.
import { make } from "../shared/elements.js"

/** @typedef {Record<string, () => void | Promise<void>>} MenuActions by the names of their words */

export class Menu {
  /**
   * @param {Element} parent
   * @param {MenuActions} actions
   */
  constructor(parent, actions) {
    this.box = make("div", "popup-menu")
    parent.append(this.box)
    this.button = Object.assign(make("button", "open", "⋯"), { type: "button" })
    this.button.setAttribute("aria-haspopup", "menu")
    this.list = make("div", "list")
    this.list.setAttribute("role", "menu")
    this.box.append(this.button, this.list)
    this.entries = Object.fromEntries(Object.entries(actions).map(([name, act]) => [name, this.entry(act)]))
    this.button.onclick = () => (this.list.hidden ? this.open() : this.close())
    this.box.onkeydown = (event) => this.pressKey(event)
    /** Inside a shadow root the target would be its host. @param {PointerEvent} event */
    this.pressOutside = (event) => event.composedPath().includes(this.box) || this.close()
    this.close()
  }

  /** @param {() => void | Promise<void>} act */
  entry(act) {
    const entry = Object.assign(make("button", "entry"), { type: "button", tabIndex: -1 })
    entry.setAttribute("role", "menuitem")
    entry.onclick = async () => {
      this.close()
      this.button.focus()
      await act()
    }
    this.list.append(entry)
    return entry
  }

  /**
   * @param {string} label
   * @param {Record<string, string>} words of the entries
   */
  name(label, words) {
    if (label === this.button.title) return
    this.button.setAttribute("aria-label", label)
    this.button.title = label
    for (const [name, entry] of Object.entries(this.entries)) entry.textContent = words[name]
  }

  open() {
    this.list.hidden = false
    this.button.setAttribute("aria-expanded", "true")
    document.addEventListener("pointerdown", this.pressOutside)
    this.visible()[0].focus()
  }

  close() {
    this.list.hidden = true
    this.button.setAttribute("aria-expanded", "false")
    document.removeEventListener("pointerdown", this.pressOutside)
  }

  visible() {
    return Object.values(this.entries).filter((entry) => !entry.hidden)
  }

  /** @param {KeyboardEvent} event */
  pressKey(event) {
    event.stopPropagation() // Streamlit has shortcuts of its own on single letters
    if (this.list.hidden) return
    const entries = this.visible()
    const at = entries.findIndex((entry) => entry.matches(":focus"))
    const goal = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (goal !== undefined) {
      event.preventDefault()
      entries.at(goal % entries.length).focus()
    }
    if (event.key === "Escape") {
      this.close()
      this.button.focus()
    }
    if (event.key === "Tab") this.close()
  }
}
