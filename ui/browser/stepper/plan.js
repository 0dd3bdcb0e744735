// A plan says where everything of a diagram lies, in pixels at full size, and which stages each part belongs to.
// The cells' own files (plan_rnn.js, plan_lstm.js, plan_gru.js) fill it in; diagram.js draws it.

export const MAIN = 44 // width of a vector whose numbers are printed
export const THIN = 13 // width of a vector shown by colour alone
export const NODE = 11 // radius of an operator
export const WORD = 18 // half the width of one with a word in it
const GAP = 2 // between two units

export class Plan {
  constructor(cell) {
    this.cell = cell
    const units = Math.max(cell.H, cell.X)
    this.unit = units <= 2 ? 32 : units <= 4 ? 27 : units <= 6 ? 23 : 20
    this.columns = []
    this.matrices = []
    this.nodes = []
    this.wires = []
    this.frames = []
    this.texts = []
    this.width = this.height = 0
    /** @type {Record<string, any> | null} the column of the loss's direct gradient */
    this.loss = null
  }

  /** Height of a vector of n units. */
  tall(n = this.cell.H) {
    return n * (this.unit + GAP) - GAP
  }

  /** The larger of the two kinds of vectors that stand in one row. */
  get rowHeight() {
    return this.tall(Math.max(this.cell.H, this.cell.X))
  }

  /** A vector. `shift` -1 shows the value of the step before; `grad` is what stands there in the backward pass. */
  column(name, x, y, stages, options = {}) {
    const n = options.n ?? this.cell.H
    /** @type {Record<string, any>} */
    const column = {
      id: options.id ?? name, name, x, y, n, stages, shift: 0, thin: false, grad: `d${name}`, label: "top", ...options,
    }
    column.width = column.thin ? THIN : MAIN
    column.height = this.tall(n)
    column.top = y - column.height / 2
    column.bottom = y + column.height / 2
    column.left = x - column.width / 2
    column.right = x + column.width / 2
    column.unitTop = (unit) => column.top + unit * (this.unit + GAP)
    this.columns.push(column)
    return column
  }

  matrix(name, x, y, stages, columns) {
    const pitch = Math.min(this.unit, 22) + GAP
    /** @type {Record<string, any>} */
    const matrix = { id: name, name, x, y, stages, rows: this.cell.H, columns, cellWidth: pitch - GAP, grad: `d${name}` }
    matrix.width = columns * pitch - GAP
    matrix.height = this.tall()
    matrix.left = x - matrix.width / 2
    matrix.right = x + matrix.width / 2
    matrix.top = y - matrix.height / 2
    matrix.bottom = y + matrix.height / 2
    matrix.unitLeft = (column) => matrix.left + column * pitch
    matrix.unitTop = (row) => matrix.top + row * (this.unit + GAP)
    this.matrices.push(matrix)
    return matrix
  }

  node(sign, x, y, stages, ink = "", radius = sign.length > 2 ? WORD : NODE) {
    const node = { sign, x, y, stages, ink, radius, left: x - radius, right: x + radius, top: y - NODE, bottom: y + NODE }
    this.nodes.push(node)
    return node
  }

  /** A line through points [x, y], arrowhead at its end; in the backward pass at its start, unless `tail` is false. */
  wire(ink, stages, points, options = {}) {
    this.wires.push({ ink, stages, points, head: true, tail: true, ...options })
  }

  frame(x, y, width, height, stages, options) {
    this.frames.push({ x, y, width, height, stages, ...options })
  }

  /** The outline of the cell itself, behind everything. */
  body(left) {
    this.frames.unshift({ x: left, y: 12, width: this.ghost.rightX - 20 - left, height: this.height - 16, body: true })
  }

  text(x, y, kind, stages = "", anchor = "middle") {
    this.texts.push({ x, y, kind, stages, anchor })
  }

  /** The neighbours in time, at both ends, and the wires to them at the given heights. */
  ghosts(bodyTop, bodyBottom) {
    this.ghost = { width: 34, top: bodyTop, bottom: bodyBottom, rightX: this.width - 34 }
  }
}

/** Height of what stands above the units of a gate: its name and the small heads of its thin columns. */
export const HEAD = 42
export const FOOT = 24 // below: the symbol

/**
 * One gate: its thin columns (what x, h and the cell each contribute), their sum, the operator, its value.
 * `parts` are [suffix, source]: ["x", "x"] is the column <gate>_x, fed by the bus of x. `usedIn` is the stage that
 * reads the gate's value.
 */
export function gate(plan, name, x, y, { parts, sign, stages, usedIn, ink = name }) {
  const pad = 8
  let at = x + pad
  const made = { name, x, y, parts: {} }
  for (const [suffix, source] of parts) {
    const column = plan.column(`${name}_${suffix}`, at + THIN / 2, y, stages, {
      thin: true, label: "head", head: source, headInk: source, grad: `d${name}_pre`,
    })
    made.parts[source] = column
    at += THIN + 4
  }
  at += 6
  made.pre = plan.column(`${name}_pre`, at + THIN / 2, y, stages, { thin: true, label: "head", head: "Σ", headInk: ink })
  const lastPart = made.parts[parts.at(-1)[1]]
  plan.wire(ink, stages, [[lastPart.right + 1, y], [made.pre.left - 1, y]], { small: true })
  at += THIN + 7
  const node = plan.node(sign, at + (sign === "σ" ? NODE : WORD), y, stages, ink, sign === "σ" ? NODE : WORD)
  plan.wire(ink, stages, [[made.pre.right + 1, y], [node.left, y]], { head: false, tail: false })
  at = node.right + 7
  made.value = plan.column(name, at + MAIN / 2, y, `${stages} ${usedIn}`, { label: "bottom" })
  plan.wire(ink, stages, [[node.right, y], [made.value.left - 1, y]], { small: true })
  made.right = at + MAIN + pad
  made.width = made.right - x
  finishGate(plan, made, stages, ink, made.parts.c && made.parts.c.x + 8) // a peephole comes down where the name begins
  return made
}

/** The frame around a gate and its name. */
export function finishGate(plan, made, stages, ink, nameX = made.x + 10) {
  const half = plan.tall() / 2
  made.top = made.y - half - HEAD
  made.bottom = made.y + half + FOOT
  plan.frame(made.x, made.top, made.width, made.bottom - made.top, stages, { ink, gate: made.name })
  plan.text(nameX, made.top + 18, { words: made.name, ink }, stages, "start")
}

/** From a source down to its bus and up into every column that it feeds. */
export function bus(plan, ink, start, y, taps) {
  for (const { column, stages } of taps) {
    plan.wire(ink, `in ${stages}`, [start, [start[0], y], [column.x, y], [column.x, column.bottom + 1]], { source: `bus-${ink}` })
  }
}
