// How a class has answered: rows of dots for choices and orders, a line for numbers, curves over one another for sketches.
import { make } from "../shared/elements.js"
import { filled, raised, valueAt, withoutMarks, writeMarked, written } from "./marks.js"
import { drawn, SketchPicture, ticks } from "./picture.js"

/** @typedef {[x: number, y: number, radius: number, isRight: boolean]} DotPlace in pixels of the picture */

const MOST_ROWS = 6 // of orders, which may all differ
const NEAR = 0.12 // of the range: a sketch that ends this near to the computed curve

// Both pages have it, and each has styles of its own beside it.
export const SPREAD_STYLES = `
.rows { display: grid; gap: 0.5em; height: 100%; grid-auto-rows: minmax(0, 1fr); }
.rows .row { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 0.3em 1em; align-items: center; padding: 0.3em 0.8em; border-radius: 0.7em; background: var(--sunk); }
.rows.narrow { height: auto; grid-auto-rows: auto; }
.rows.narrow .row { grid-template-columns: 1fr; }
.rows .row.right { box-shadow: inset 0 0 0 0.14em var(--ink-gradient); }
.rows .what { line-height: 1.3; }
.rows .right .what::after { content: " ✓"; color: var(--text-gradient); font-weight: 700; }
.rows .mine .what { font-weight: 700; }
.rows .place { display: flex; align-items: center; justify-content: flex-end; height: 100%; min-height: 2.2em; font-variant-numeric: tabular-nums; color: var(--ink2); }
`

/** @param {RoomQuestion} question @param {RoomSolution} solution */
export function isRight(question, solution, answer) {
  if (question.kind === "order") {
    if (solution.orders.length) return solution.orders.every(([first, later]) => answer.indexOf(first) < answer.indexOf(later))
    return solution.right !== null && String(solution.right) === String(answer)
  }
  if (solution.right === null) return false
  return question.kind === "choice" ? answer === solution.right : Math.abs(answer - solution.right) <= solution.tolerance
}

export class Spread {
  constructor() {
    this.element = make("div", "spread")
    this.picture = new SketchPicture()
  }

  /**
   * @param {RoomQuestion} question
   * @param {RoomSolution} solution
   * @param {any[]} answers
   * @param {any} mine the reader's own answer, or null
   * @param {Record<string, string>} words
   * @param {{ width: number, height: number, size: number, side: number }} box `side`: pixels for the ends of sketches; 0 for none
   * @returns {DotPlace[]} of every answer
   */
  draw(question, solution, answers, mine, words, box) {
    this.box = box
    if (question.kind === "sketch") return this.sketches(question, solution, answers, mine, words)
    if (question.kind === "number") return this.numbers(solution, answers, mine, words)
    const rows = question.kind === "choice" ? choices(question, solution, answers, mine) : orders(question, solution, answers, mine, words)
    return this.rows(rows, answers.length)
  }

  /** @param {{ text: string, isRight: boolean, isMine: boolean, of: number[] }[]} rows */
  rows(rows, count) {
    const { width, height, size } = this.box
    const isNarrow = width < 40 * size
    const table = make("div", `rows ${isNarrow ? "narrow" : ""}`)
    const marks = rows.map((row) => {
      const line = make("div", `row ${row.isRight ? "right" : ""} ${row.isMine ? "mine" : ""}`)
      const what = make("div", "what")
      writeMarked(what, row.text)
      const place = make("div", "place", String(row.of.length))
      line.append(what, place)
      table.append(line)
      return place
    })
    table.style.height = isNarrow ? "" : `${height}px`
    this.element.replaceChildren(table)
    const from = this.element.getBoundingClientRect()
    const most = Math.max(1, ...rows.map((row) => row.of.length))
    /** @type {DotPlace[]} */
    const places = Array(count)
    rows.forEach((row, at) => {
      const box = marks[at].getBoundingClientRect()
      const room = box.width - 2.5 * size
      const radius = Math.max(2, Math.min(size * 0.7, Math.sqrt((room * box.height) / most) / 2.6))
      const lines = Math.max(1, Math.ceil(most / Math.max(1, Math.floor(room / (radius * 2.4)))))
      row.of.forEach((answer, index) => {
        const line = index % lines
        const middle = box.top - from.top + box.height / 2
        places[answer] = [box.left - from.left + radius + Math.floor(index / lines) * radius * 2.4, middle + (line - (Math.min(lines, row.of.length) - 1) / 2) * radius * 2.4, radius, row.isRight]
      })
    })
    return places
  }

  /** @param {RoomSolution} solution @param {number[]} answers */
  numbers(solution, answers, mine, words) {
    const { width, height, size } = this.box
    const svg = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}` })
    this.element.replaceChildren(svg)
    const [low, high] = rangeOf(answers, solution.right)
    const left = size * 2
    const right = width - size * 2
    const line = height - size * 2.6
    const x = (value) => left + ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (right - left)
    drawn("path", { d: `M${left} ${line}H${right}`, stroke: "var(--ink)", "stroke-width": 2, opacity: 0.5 }, svg)
    for (const value of ticks(low, high, width / (size * 6))) {
      drawn("path", { d: `M${x(value)} ${line}v${size * 0.5}`, stroke: "var(--ink)", opacity: 0.5 }, svg)
      drawn("text", { x: x(value), y: line + size * 1.7, "text-anchor": "middle", "font-size": size, fill: "var(--ink2)" }, svg, written(value))
    }
    const bins = Math.max(8, Math.min(40, Math.floor((right - left) / (size * 1.2))))
    const binOf = (value) => Math.min(bins - 1, Math.floor(((x(value) - left) / (right - left)) * bins))
    const seen = Array(bins).fill(0)
    for (const value of answers) seen[binOf(value)]++
    const wide = (right - left) / bins
    const radius = Math.min(wide * 0.46, size * 0.55, (line - size * 3) / Math.max(1, ...seen) / 2.1)
    const stacked = Array(bins).fill(0)
    const mark = (value, colour, text, top) => {
      drawn("path", { d: `M${x(value)} ${top + size * 0.4}V${line + size * 0.4}`, stroke: colour, "stroke-width": size / 5 }, svg)
      const anchor = x(value) > width * 0.7 ? "end" : x(value) < width * 0.3 ? "start" : "middle"
      drawn("text", { x: x(value), y: top, "text-anchor": anchor, "font-size": size * 1.1, "font-weight": 700, fill: colour }, svg, text)
    }
    if (typeof mine === "number") mark(mine, "var(--ink)", `${words.yours} ${written(mine)}`, size * 2.6)
    if (solution.right !== null) mark(solution.right, "var(--text-gradient)", `${words.right} ${written(solution.right)}`, size * 1.1)
    return answers.map((value) => {
      const bin = binOf(value)
      const isNear = solution.right !== null && Math.abs(value - solution.right) <= solution.tolerance
      return /** @type {DotPlace} */ ([left + (bin + 0.5) * wide, line - radius * 1.2 - stacked[bin]++ * radius * 2.1, radius, isNear])
    })
  }

  /** @param {RoomQuestion} question @param {RoomSolution} solution @param {number[][]} answers */
  sketches(question, solution, answers, mine, words) {
    const { width, height, size, side } = this.box
    this.picture.layOut(question, width - side, height, size)
    this.strokes = this.picture.drawAnswers(solution, answers, mine, words)
    this.element.replaceChildren(this.picture.svg)
    if (!side) return []
    const svg = drawn("svg", { width: side, height, viewBox: `0 0 ${side} ${height}`, class: "ends" })
    this.element.append(svg)
    return this.ends(svg, question, solution, answers, words).map(([x, y, radius, near]) => /** @type {DotPlace} */ ([x + width - side, y, radius, near]))
  }

  /** Where each sketch ends, on the picture's own axis. @returns {DotPlace[]} */
  ends(svg, question, solution, answers, words) {
    const { size, side } = this.box
    const { axes } = question
    const bins = axes.is_log ? Math.min(30, Math.round(axes.y[1] - axes.y[0])) : 24
    const step = (axes.y[1] - axes.y[0]) / bins
    const binOf = (value) => Math.round((value - axes.y[0]) / step)
    const seen = {}
    for (const values of answers) seen[binOf(values.at(-1))] = (seen[binOf(values.at(-1))] ?? 0) + 1
    const most = Math.max(1, .../** @type {number[]} */ (Object.values(seen)))
    const tall = (this.picture.bottom - this.picture.top) / bins
    const radius = Math.max(1.5, Math.min(tall * 0.46, size * 0.55, (side - size * 7) / most / 2.1))
    const stacked = {}
    const axis = size
    drawn("path", { d: `M${axis} ${this.picture.top}V${this.picture.bottom}`, stroke: "var(--ink)", opacity: 0.4 }, svg)
    drawn("text", { x: axis, y: size * 1.1, "font-size": size, fill: "var(--ink2)" }, svg, words.ends)
    if (solution.right) {
      const end = solution.right.at(-1)
      const y = this.picture.y(end)
      drawn("rect", { x: axis, y: y - size * 0.6, width: side - axis - size * 0.5, height: size * 1.2, rx: size * 0.6, fill: "var(--ink-gradient)", opacity: 0.16 }, svg)
      const { above, near, below } = groupsOf(question, solution, answers)
      const middle = { above: (this.picture.top + y) / 2 - size, near: y, below: (this.picture.bottom + y) / 2 + size }
      for (const [name, count] of Object.entries({ above, near, below })) {
        if (!count && name !== "near") continue
        const style = { x: side - size, "text-anchor": "end", fill: name === "near" ? "var(--text-gradient)" : "var(--ink)" }
        const at = Math.min(this.picture.bottom, Math.max(this.picture.top + size * 2.4, middle[name] + size * 0.4))
        drawn("text", { ...style, y: at, "font-size": size * 1.1, "font-weight": 700 }, svg, filled(words[name], { count }))
      }
    }
    return answers.map((values) => {
      const bin = binOf(values.at(-1))
      stacked[bin] = (stacked[bin] ?? 0) + 1
      const isNear = Boolean(solution.right) && Math.abs(values.at(-1) - clipped(axes, solution.right.at(-1))) <= NEAR * (axes.y[1] - axes.y[0])
      return /** @type {DotPlace} */ ([axis + radius * 1.4 + (stacked[bin] - 1) * radius * 2.1, this.picture.y(axes.y[0] + bin * step), radius, isNear])
    })
  }
}

const clipped = (axes, value) => Math.min(axes.y[1], Math.max(axes.y[0], value))

/** How many sketches end above the computed curve, near it and below it. */
function groupsOf(question, solution, answers) {
  const end = clipped(question.axes, solution.right.at(-1))
  const near = NEAR * (question.axes.y[1] - question.axes.y[0])
  const counts = { above: 0, near: 0, below: 0 }
  for (const values of answers) counts[Math.abs(values.at(-1) - end) <= near ? "near" : values.at(-1) > end ? "above" : "below"]++
  return counts
}

/** One sentence on how the class has answered. @param {Record<string, string>} words */
export function verdict(question, solution, answers, words) {
  const all = answers.length
  if (!all) return words.nobody
  if (question.kind === "sketch") {
    if (!solution.right) return filled(words.sketches, { all })
    const end = raised(valueAt(question.axes, solution.right.at(-1)))
    return filled(words.sketched, { ...groupsOf(question, solution, answers), all, end })
  }
  const hasRight = solution.right !== null || solution.orders.length > 0
  const count = answers.filter((answer) => isRight(question, solution, answer)).length
  if (question.kind === "number") {
    const sorted = [...answers].sort((one, other) => one - other)
    const median = raised(written((sorted[Math.floor((all - 1) / 2)] + sorted[Math.ceil((all - 1) / 2)]) / 2))
    return hasRight ? filled(words.numbered, { count, all, right: raised(written(solution.right)), median }) : filled(words.median, { median })
  }
  if (hasRight) return filled(question.kind === "choice" ? words.chosen : words.ordered, { count, all })
  if (question.kind === "order") return filled(words.answered, { all })
  const counts = question.options.map((_, at) => answers.filter((answer) => answer === at).length)
  const most = counts.indexOf(Math.max(...counts))
  return filled(words.mostly, { count: counts[most], all, option: withoutMarks(question.options[most]) })
}

function choices(question, solution, answers, mine) {
  return question.options.map((text, at) => ({
    text,
    isRight: solution.right === at,
    isMine: mine === at,
    of: placesOf(answers, (answer) => answer === at),
  }))
}

/** The commonest orders, a right one among them, and one row for all others. */
function orders(question, solution, answers, mine, words) {
  const named = (order) => order.map((at) => question.options[at]).join("  ›  ")
  const found = new Map()
  answers.forEach((answer, at) => found.set(String(answer), { answer, of: [...(found.get(String(answer))?.of ?? []), at] }))
  const right = Array.isArray(solution.right) ? solution.right : null
  if (right && !found.has(String(right))) found.set(String(right), { answer: right, of: [] })
  const isTrue = ({ answer }) => isRight(question, solution, answer)
  const sorted = [...found.values()].sort((one, other) => Number(isTrue(other)) - Number(isTrue(one)) || other.of.length - one.of.length)
  const shown = sorted.slice(0, MOST_ROWS - 1)
  const rows = shown.map((each) => ({ text: named(each.answer), isRight: isTrue(each), isMine: String(mine) === String(each.answer), of: each.of }))
  const rest = sorted.slice(MOST_ROWS - 1).flatMap((each) => each.of)
  return rest.length ? [...rows, { text: words.others, isRight: false, isMine: false, of: rest }] : rows
}

/** @param {any[]} answers @param {(answer: any) => boolean} fits */
const placesOf = (answers, fits) => answers.flatMap((answer, at) => (fits(answer) ? [at] : []))

/** The part of the line that holds nearly all answers; what lies beyond is drawn at its ends. @param {number[]} answers @param {number | null} right */
function rangeOf(answers, right) {
  const sorted = [...answers].sort((one, other) => one - other)
  const part = (share) => sorted[Math.round(share * (sorted.length - 1))] ?? right ?? 0
  const spare = Math.max(2 * (part(0.9) - part(0.1)), 1e-9)
  const kept = sorted.filter((value) => value >= part(0.1) - spare && value <= part(0.9) + spare)
  const all = right === null ? kept : [...kept, right]
  const low = Math.min(...all, Infinity)
  const high = Math.max(...all, -Infinity)
  if (!Number.isFinite(low)) return [0, 1]
  const margin = (high - low) * 0.08 || Math.abs(high) * 0.5 || 1
  return [low - margin, high + margin]
}
