// Lines in the diagram from each value that an explained value is made of.
import { ink } from "./colours.js"
import { svg } from "./dom.js"

export function drawSources(diagram, explained, step, direction) {
  diagram.lines.replaceChildren()
  diagram.svg.classList.toggle("explaining", Boolean(explained))
  if (!explained) {
    diagram.mark(null)
    return
  }
  const target = diagram.cellAt(explained.place, step, direction)
  diagram.mark(target, "explained")
  if (!target) return
  const strengths = new Map()
  const largest = Math.max(1e-300, ...explained.terms.map((term) => Math.abs(term.value)).filter(Number.isFinite))
  for (const term of explained.terms) {
    for (const { place } of term.factors) {
      if (!place) continue
      const share = Number.isFinite(term.value) ? Math.abs(term.value) / largest : 1
      for (const source of whereabouts(diagram, place, step, direction)) {
        if (source !== target && !(strengths.get(source)?.share > share)) strengths.set(source, { share, name: place.name })
      }
    }
  }
  for (const [source, { share, name }] of strengths) {
    const colour = `--ink: ${ink(diagram.cell.symbols[name].ink)}`
    const from = typeof source === "string" ? spotOnNeighbour(diagram.plan, source, target) : source
    // Weights stay where they are: they are outlined. What flows gets a line.
    if (!from.vector || diagram.cell.symbols[name].first !== null) {
      const path = curve(from, target)
      diagram.lines.append(
        svg("path", { class: "source-halo", d: path, "stroke-width": 4.5 + 2 * share }),
        svg("path", { class: "source", d: path, "stroke-width": 1.3 + 2 * share, style: colour }),
      )
    }
    if (typeof source !== "string") {
      diagram.lines.append(
        svg("rect", {
          class: "source-square", x: from.x - 1.5, y: from.y - 1.5, width: from.width + 3, height: from.height + 3, rx: 6, style: colour,
        }),
      )
    }
  }
}

/** The square of a place, or the side of the neighbour that has it; a part that has no square is where its makers are. */
function whereabouts(diagram, place, step, direction) {
  const square = diagram.cellAt(place, step, direction)
  if (square) return [square]
  if (place.t === null) return []
  if (place.t !== step) return [place.t < step ? "before" : "after"]
  const makers = diagram.cell.explain(place).terms.flatMap((term) => term.factors.slice(0, 1)).filter((factor) => factor.place)
  return makers.flatMap((factor) => diagram.cellAt(factor.place, step, direction) ?? (factor.place.t > step ? "after" : []))
}

/** A spot on the neighbouring cell's edge, level with the value. */
function spotOnNeighbour(plan, side, target) {
  const x = side === "before" ? plan.ghost.width - 6 : plan.ghost.rightX + 2
  return { x, y: target.y, width: 4, height: target.height }
}

/** From the side of one square to the side of the other, whichever sides face each other. */
function curve(from, to) {
  const [a, b] = [middle(from), middle(to)]
  const overlap = Math.abs(a.x - b.x) < (from.width + to.width) / 2 + 4
  if (overlap) {
    const down = b.y > a.y
    const [y1, y2] = [down ? from.y + from.height : from.y, down ? to.y : to.y + to.height]
    const bend = (y2 - y1) / 2
    return `M ${a.x} ${y1} C ${a.x} ${y1 + bend} ${b.x} ${y2 - bend} ${b.x} ${y2}`
  }
  const right = b.x > a.x
  const [x1, x2] = [right ? from.x + from.width : from.x, right ? to.x : to.x + to.width]
  const bend = (x2 - x1) * 0.45
  return `M ${x1} ${a.y} C ${x1 + bend} ${a.y} ${x2 - bend} ${b.y} ${x2} ${b.y}`
}

const middle = (square) => ({ x: square.x + square.width / 2, y: square.y + square.height / 2 })
