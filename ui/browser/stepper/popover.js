// The arithmetic of the open value, beside its number in the drawing.
import { clamp, html } from "./dom.js"
import { Arithmetic } from "./numbers/arithmetic.js"

const GAP = 14 // pixels between the number and the popover

export class Popover {
  /** `act` has open(place), back(), backTo(index), close(). */
  constructor(words, act) {
    this.arithmetic = new Arithmetic(words, act)
    this.tip = html("span", { class: "popover-tip", "aria-hidden": "true" })
    this.root = html("section", { class: "popover", tabindex: -1, role: "dialog", "aria-label": words.explanation, hidden: true }, this.tip, this.arithmetic.root)
  }

  /** After following an operand the button that was pressed is gone: the focus goes to the new value's name. */
  focusWhenShown() {
    this.wantsFocus = true
  }

  hide() {
    this.root.hidden = true
  }

  /** `number`: the box in the drawing that has the value, or the one that it belongs to. `row` is the cell's. */
  show(row, { explained, trail, number }) {
    const isNew = this.root.hidden
    const colour = explained.place && row.cell.symbols[explained.place.name]
    this.root.hidden = false
    this.root.style.setProperty("--own", colour?.of ? "var(--grad-text)" : `var(--ink-${colour?.ink || "x"})`)
    this.arithmetic.show({ cell: row.cell, explained, trail, title: row.stage.nameOf(explained.place) })
    this.put(row, number)
    if (isNew && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.root.animate([{ opacity: 0, transform: "translateY(6px) scale(0.98)" }, { opacity: 1, transform: "none" }], { duration: 140, easing: "ease-out" })
    }
    if (this.wantsFocus) this.arithmetic.heading.focus({ preventScroll: true })
    this.wantsFocus = false
  }

  /** Where it covers neither the number nor more of the drawing than it must: below, above, or beside it. */
  put(row, number) {
    const room = this.root.parentNode.getBoundingClientRect()
    const box = number ? row.stage.boxOf(number, room) : { left: room.width / 2, right: room.width / 2, top: 0, bottom: 8 }
    this.root.style.maxHeight = `${room.height - 12}px`
    const [width, height] = [this.root.offsetWidth, this.root.offsetHeight]
    const middle = (box.left + box.right) / 2
    const side = sideOf(box, room, width, height)
    const place = {
      below: [middle - width / 2, box.bottom + GAP], above: [middle - width / 2, box.top - height - GAP],
      left: [box.left - width - GAP, box.top - 8], right: [box.right + GAP, box.top - 8],
    }[side]
    const left = clamp(place[0], 8, Math.max(8, room.width - width - 8))
    const top = clamp(place[1], 6, Math.max(6, room.height - height - 6))
    Object.assign(this.root.style, { left: `${left}px`, top: `${top}px` })
    this.root.dataset.side = side
    const isUpright = side === "below" || side === "above"
    this.tip.style.left = isUpright ? `${clamp(middle - left - 7, 14, width - 30)}px` : ""
    this.tip.style.top = isUpright ? "" : `${clamp((box.top + box.bottom) / 2 - top - 7, 14, height - 30)}px`
  }
}

function sideOf(box, room, width, height) {
  const space = { left: box.left - GAP, right: room.width - box.right - GAP, above: box.top - GAP, below: room.height - box.bottom - GAP }
  if (space.below >= height + 6) return "below"
  if (space.above >= height + 6) return "above"
  if (space.left >= width + 8) return "left"
  if (space.right >= width + 8) return "right"
  return space.below > space.above ? "below" : "above"
}
