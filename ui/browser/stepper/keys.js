// The keyboard. Arrows step while the diagram (or a button) has the focus; Enter goes among the values, Escape comes back.
// Right and left step also where nothing has the focus: on a page that was just opened.
export class Keys {
  constructor(view) {
    this.view = view
    this.onKey = (event) => {
      const handled = !event.ctrlKey && !event.metaKey && !event.altKey && this.press(event)
      if (handled) event.preventDefault()
      event.stopPropagation() // Streamlit has shortcuts of its own
    }
    this.onPageKey = (event) => this.pressedOnThePage(event)
    view.root.addEventListener("keydown", this.onKey)
    document.addEventListener("keydown", this.onPageKey)
  }

  stop() {
    this.view.root.removeEventListener("keydown", this.onKey)
    document.removeEventListener("keydown", this.onPageKey)
  }

  /** The first diagram of the page takes the key; whoever else listens sees that it is taken. */
  pressedOnThePage(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const isFree = document.activeElement === document.body && !event.defaultPrevented
    if (!by || !isFree || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    event.preventDefault()
    this.view.moves.stepBy(by)
  }

  press(event) {
    const target = event.composedPath()[0]
    const isDial = target.tagName === "INPUT" && !target.classList.contains("scrub")
    if (target.tagName === "SELECT" || isDial) return false
    const isButton = target.tagName === "BUTTON"
    if ((event.key === " " || event.key === "Enter") && isButton) return false
    if (target.stepperNumber && !event.shiftKey && this.amongValues(event.key, target.stepperNumber)) return true
    return this.anywhere(event.key, target)
  }

  anywhere(key, target) {
    const { view } = this
    const { moves } = view
    if (key === "ArrowRight") moves.stepBy(1)
    else if (key === "ArrowLeft") moves.stepBy(-1)
    else if (key === "ArrowDown") moves.stageBy(1)
    else if (key === "ArrowUp") moves.stageBy(-1)
    else if (key === "Home") moves.goTo(1)
    else if (key === "End") moves.goTo(view.steps)
    else if (key === " ") moves.togglePlay()
    else if (key === "Escape") return this.escape(target)
    else if (key === "Enter" && target.stepperRow) this.enter(target.stepperRow)
    else return false
    return true
  }

  /** Among the values: arrows move to the neighbour, Enter opens it. */
  amongValues(key, number) {
    const { view } = this
    const row = this.rowOf(number)
    const directions = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
    if (directions[key]) {
      const next = neighbour(row.stage, number, directions[key])
      if (next) this.focus(row, next)
      return true
    }
    if (key === "Enter" || key === " ") {
      if (number.place) view.trail.open(row, number.place)
      return true
    }
    return false
  }

  rowOf(number) {
    return this.view.rows.find(({ stage }) => stage.groups.includes(number.group))
  }

  escape(target) {
    const { view } = this
    if (target.stepperNumber) {
      this.rowOf(target.stepperNumber).viewport.focus({ preventScroll: true })
      return true
    }
    if (!view.trail.isOpen) return false
    view.closeValue()
    return true
  }

  enter(row) {
    const numbers = row.stage.numbers()
    const last = numbers.find((number) => number.element.getAttribute("tabindex") === "0")
    this.focus(row, last ?? numbers.find(({ box, group }) => box.kind !== "input" && group.t === this.view.state.step))
  }

  focus(row, number) {
    for (const group of row.stage.groups) for (const each of group.numbers.values()) if (each.element.getAttribute("tabindex") === "0") each.element.setAttribute("tabindex", -1)
    number.element.setAttribute("tabindex", 0)
    row.stage.describe()
    number.element.focus({ preventScroll: true })
  }
}

/** The nearest number in a direction; leaving the line costs more than going far along it. */
function neighbour(stage, from, [dx, dy]) {
  let best = null
  let lowest = Infinity
  const a = stage.middleOf(from)
  for (const number of stage.numbers()) {
    if (number === from) continue
    const b = stage.middleOf(number)
    const along = dx ? (b[0] - a[0]) * dx : (b[1] - a[1]) * dy
    const across = dx ? Math.abs(b[1] - a[1]) : Math.abs(b[0] - a[0])
    if (along < 2) continue
    const cost = along + 3 * across
    if (cost < lowest) [best, lowest] = [number, cost]
  }
  return best
}
