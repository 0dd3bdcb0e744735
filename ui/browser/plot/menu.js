// The menu of a chart: save it as a picture or its numbers as a table, and show all of it again.
import { csv } from "./csv.js"
import { element, plainText } from "./dom.js"

/** @import { ChartView } from "./chart.js" */

export class Menu {
  /**
   * @param {Element} parent
   * @param {ChartView} view
   */
  constructor(parent, view) {
    this.view = view
    this.box = element("div", "menu", parent)
    this.button = element("button", "open", this.box)
    this.button.type = "button"
    this.button.textContent = "⋯"
    this.button.setAttribute("aria-haspopup", "menu")
    this.list = element("div", "list", this.box)
    this.list.setAttribute("role", "menu")
    this.items = {
      png: () => this.picture("png"),
      svg: () => this.picture("svg"),
      csv: () => save(new Blob([csv(view.player.apply(view.figure))], { type: "text/csv;charset=utf-8" }), this.filename("csv")),
      all: () => view.showAll(),
    }
    this.entries = Object.fromEntries(Object.entries(this.items).map(([name, act]) => [name, this.entry(act)]))
    this.button.onclick = () => (this.list.hidden ? this.open() : this.close())
    this.box.onkeydown = (event) => this.pressKey(event)
    /** @param {PointerEvent} event */
    this.pressOutside = ({ target }) => this.box.contains(/** @type {Node} */ (target)) || this.close()
    this.close()
  }

  /** @param {() => void | Promise<void>} act */
  entry(act) {
    const entry = element("button", "entry", this.list)
    entry.type = "button"
    entry.tabIndex = -1
    entry.setAttribute("role", "menuitem")
    entry.onclick = async () => {
      this.close()
      this.button.focus()
      await act()
    }
    return entry
  }

  /** @param {PlotWords} words */
  update(words) {
    if (words.menu === this.button.title) return
    this.button.setAttribute("aria-label", words.menu)
    this.button.title = words.menu
    for (const [name, entry] of Object.entries(this.entries)) entry.textContent = words[name]
  }

  open() {
    this.list.hidden = false
    this.button.setAttribute("aria-expanded", "true")
    document.addEventListener("pointerdown", this.pressOutside)
    this.entries.png.focus()
  }

  close() {
    this.list.hidden = true
    this.button.setAttribute("aria-expanded", "false")
    document.removeEventListener("pointerdown", this.pressOutside)
  }

  /** @param {KeyboardEvent} event */
  pressKey(event) {
    event.stopPropagation() // Streamlit has shortcuts of its own on single letters
    if (this.list.hidden) return
    const entries = Object.values(this.entries)
    const at = entries.findIndex((entry) => entry === document.activeElement)
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

  /** @param {"png" | "svg"} format */
  async picture(format) {
    const address = await this.view.pictureAddress(format)
    save(await (await fetch(address)).blob(), this.filename(format))
  }

  /** @param {string} ending */
  filename(ending) {
    const title = plainText(this.view.texts.title)
    return `${title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase() || "chart"}.${ending}`
  }
}

/**
 * @param {Blob} blob
 * @param {string} filename
 */
function save(blob, filename) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = filename
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
