// The palette: digits to drag into the picture, a pen, and what changes or removes.
import { html, svg } from "../stepper/dom.js"
import { inkOf, paint } from "./picture.js"

export class Palette {
  /** @param {import("./field.js").FinderField} field */
  constructor(field) {
    this.field = field
    this.stamps = html("div", { class: "group", role: "group" })
    const shapes = /** @type {const} */ ({
      move: "M5 3l14 9-6 1 4 7-3 1.5-4-7-5 4z",
      pen: "M4 20l1-5L16 4l4 4L9 19z",
      rubber: "M8 19 3 14 13 4l7 7-8 8z",
    })
    this.tools = html("div", { class: "group", role: "radiogroup" })
    this.toolButtons = Object.entries(shapes).map(([tool, shape]) => {
      const press = () => {
        field.tool = /** @type {import("./field.js").Tool} */ (tool)
        field.draw()
        this.receive(field.data, field)
      }
      const button = html("button", { type: "button", role: "radio", "data-tool": tool, click: press }, svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: shape })))
      this.tools.append(button)
      return button
    })
    this.handButton = this.plain(() => field.turn("hand"))
    this.sizeButton = this.plain(() => field.turn("size"))
    this.removeButton = this.plain(() => field.remove())
    this.clearButton = this.plain(() => field.clear())
    const row = html("div", { class: "row" }, this.tools, this.handButton, this.sizeButton, this.removeButton, this.clearButton)
    this.root = html("div", { class: "palette" }, this.stamps, row)
  }

  /** @param {() => void} act @returns {HTMLButtonElement} */
  plain(act) {
    const press = () => {
      act()
      this.receive(this.field.data, this.field)
    }
    return /** @type {HTMLButtonElement} */ (html("button", { class: "plain", type: "button", click: press }))
  }

  /** @param {FinderMessage} data @param {import("./field.js").FinderField} field */
  receive(data, field) {
    const { words } = data
    this.stamps.setAttribute("aria-label", words.digits)
    if (!this.stamps.childElementCount) this.stamps.append(...[..."0123456789"].map((digit) => this.digit(data, digit)))
    this.tools.setAttribute("aria-label", words.tools)
    for (const button of this.toolButtons) {
      const tool = /** @type {"move" | "pen" | "rubber"} */ (button.dataset.tool)
      button.title = words[tool]
      button.setAttribute("aria-label", words[tool])
      button.setAttribute("aria-checked", String(field.tool === tool))
    }
    for (const [button, name] of /** @type {const} */ ([[this.handButton, "hand"], [this.sizeButton, "size"], [this.removeButton, "remove"]])) {
      button.textContent = words[name]
      button.disabled = !field.selected
    }
    this.clearButton.textContent = words.clear
  }

  /** @param {FinderMessage} data @param {string} digit */
  digit(data, digit) {
    const canvas = /** @type {HTMLCanvasElement} */ (html("canvas", { "aria-hidden": "true" }))
    paint(canvas, inkOf(data.stamps[`${digit}am`], data.stamp), data.stamp)
    const press = (/** @type {PointerEvent} */ event) => this.field.dragNew(event, digit)
    return html("button", { class: "digit", type: "button", "aria-label": digit, pointerdown: press, click: () => this.field.add(digit) }, canvas)
  }
}
