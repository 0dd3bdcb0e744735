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
    if (target.tagName === "SELECT") return false
    const isButton = target.tagName === "BUTTON"
    if ((event.key === " " || event.key === "Enter") && isButton) return false
    if (target.stepperCell && !event.shiftKey && this.amongValues(event.key, target.stepperCell)) return true
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
  amongValues(key, cell) {
    const { view } = this
    const row = view.rows.find((each) => each.diagram.cells.includes(cell))
    const directions = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
    if (directions[key]) {
      const next = neighbour(row.diagram, cell, directions[key])
      if (next) this.focus(row, next)
      return true
    }
    if (key === "Enter" || key === " ") {
      const place = row.diagram.placeOf(cell, view.state.step, view.state.direction)
      if (place) view.walk.open(row, place)
      return true
    }
    return false
  }

  escape(target) {
    const { view } = this
    if (target.stepperCell) {
      view.rows.find((each) => each.diagram.cells.includes(target.stepperCell)).viewport.focus({ preventScroll: true })
      return true
    }
    if (!view.walk.isPinned) return false
    view.closeValue()
    return true
  }

  enter(row) {
    const last = row.diagram.cells.find((cell) => cell.rect.getAttribute("tabindex") === "0")
    const cell = last && visible(last) ? last : row.diagram.cells.find((each) => visible(each) && each.vector.name !== "xs")
    this.focus(row, cell)
  }

  focus(row, cell) {
    for (const each of row.diagram.cells) if (each.rect.getAttribute("tabindex") === "0") each.rect.setAttribute("tabindex", -1)
    cell.rect.setAttribute("tabindex", 0)
    row.diagram.describe(this.view.state.step, this.view.state.direction)
    cell.rect.focus({ preventScroll: true })
    cell.rect.scrollIntoView({ block: "nearest", inline: "nearest" })
  }
}

const visible = (cell) => !cell.vector.group.classList.contains("absent")

/** The nearest square in a direction; leaving the line costs more than going far along it. */
function neighbour(diagram, from, [dx, dy]) {
  let best = null
  let lowest = Infinity
  const a = centre(from)
  for (const cell of diagram.cells) {
    if (cell === from || !visible(cell)) continue
    const b = centre(cell)
    const along = dx ? (b.x - a.x) * dx : (b.y - a.y) * dy
    const aside = dx ? Math.abs(b.y - a.y) : Math.abs(b.x - a.x)
    if (along < 2) continue
    const cost = along + 3 * aside
    if (cost < lowest) [best, lowest] = [cell, cost]
  }
  return best
}

const centre = (cell) => ({ x: cell.x + cell.width / 2, y: cell.y + cell.height / 2 })
