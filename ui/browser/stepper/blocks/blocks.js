// The drawing of a cell after the LSTM: all values of one time step as blocks of numbers. A matrix is drawn as a matrix, a complex number
// as an arrow in the plane. view.js steps through it as through any other cell.
import { setText, svg } from "../dom.js"
import { inBox } from "../numbers/numbers.js"
import { NamedStage } from "../stage/named.js"
import { gradientSeries } from "../series.js"
import { isCalm } from "../stage/motion.js"
import { drawingOf, blockOf } from "./drawing.js"
import { layoutOf } from "./layout.js"
import { edgesOf, ownersOf } from "./reads.js"

const NARROW_STAGE = 600 // pixels
const SLIDE = 360 // milliseconds: the state moves to where the next step reads it
const [SHADE, SHADE_ALONE] = [38, 100] // percent of colour behind the largest number, with digits and without

export class BlockStage extends NamedStage {
  constructor(words) {
    super(words)
    this.state = { step: 1, unit: 0, direction: "forward" }
    this.size = [0, 0]
    this.svg = svg("svg", { class: "diagram blocks", role: "group" })
    this.lit = null
  }

  /** @override */
  get groups() {
    return this.drawing?.groups ?? []
  }

  /** Other numbers, perhaps of a cell of another size. */
  setCell(cell) {
    this.cell = cell
    this.scales = blockScales(cell)
    this.svg.setAttribute("aria-label", this.words.kinds[cell.kind])
    if (this.size[0]) this.build()
  }

  build() {
    const { cell } = this
    this.isNarrow = this.size[0] < NARROW_STAGE
    const shapes = [...cell.arrays].map(([name, { shape }]) => [name, ...shape])
    const shape = Math.round((10 * this.size[0]) / this.size[1]) / 10
    const key = JSON.stringify([cell.blocks, shapes, this.isNarrow, shape])
    if (key !== this.key) {
      this.key = key
      this.layout = layoutOf(cell, this.isNarrow, shape)
      this.owners = ownersOf(cell, this.layout.blocks)
      this.drawing = drawingOf(cell, this.layout, edgesOf(cell, this.layout.blocks, this.owners), this.isNarrow)
      this.svg.replaceChildren(this.drawing.world)
    }
    this.svg.setAttribute("viewBox", `0 0 ${this.layout.width} ${this.layout.height}`)
    // A narrow drawing is as tall as it must be, and its place scrolls.
    this.svg.style.height = this.isNarrow ? `${(this.size[0] * this.layout.height) / this.layout.width}px` : ""
    this.isFilled = false
  }

  resize(width, height) {
    if (width === this.size[0] && height === this.size[1]) return
    this.size = [width, height]
    if (!this.cell) return
    this.build()
    this.show(this.state, { isQuiet: true })
  }

  show({ step, unit, direction }, { isQuiet = false, isQuick = false } = {}) {
    const before = this.state
    this.state = { step, unit, direction }
    if (!this.drawing) return
    this.svg.classList.toggle("backward", direction === "backward")
    for (const group of this.groups) group.t = step + group.dt
    for (const group of this.groups) for (const number of group.numbers.values()) this.fill(number)
    for (const disc of this.drawing.discs) this.turn(disc)
    for (const { block, label } of this.drawing.labels) this.name(block, label)
    if (this.isFilled && !isQuiet && !isQuick && Math.abs(step - before.step) === 1 && direction === before.direction) this.slide(step - before.step)
    this.isFilled = true
    this.light(this.lit)
  }

  fill(number) {
    const { cell } = this
    const name = this.called(number.name)
    number.place = shownPlace(cell, name, number, this.state.step)
    const value = number.place ? cell.value(number.place) : undefined
    if (value === undefined) number.place = null
    number.to = value
    number.element.style.display = value === undefined && number.block.lies === "past" ? "none" : ""
    const isBad = value !== undefined && !Number.isFinite(value) && number.place.t !== 0 // a state may begin at −∞
    const share = !Number.isFinite(value) ? 0 : Math.min(1, Math.abs(value) / this.scales.of(name))
    const most = number.text ? SHADE : SHADE_ALONE
    number.element.classList.toggle("not-finite", isBad)
    number.element.classList.toggle("empty", value === undefined)
    number.plate.style.fill = isBad ? "" : `color-mix(in srgb, ${this.colour(value)} ${Math.round(share * most)}%, var(--raised))`
    if (number.text) setText(number.text, value === undefined ? "" : inBox(value) + (number.part === 1 ? " i" : ""))
  }

  called(name) {
    return this.state.direction === "forward" ? name : `d${name}`
  }

  colour(value) {
    return this.state.direction === "backward" ? "var(--grad)" : value < 0 ? "var(--neg)" : "var(--pos)"
  }

  /** The arrow of a complex number: as long as the number is large, at the angle that it has. */
  turn({ block, row, column, at: [x, y], radius, arrow, point }) {
    const [re, im] = block.names.map((name) => {
      const place = shownPlace(this.cell, this.called(name), { block, row, column }, this.state.step)
      return (place && this.cell.value(place)) || 0
    })
    const most = this.scales.modulus(...block.names.map((name) => this.called(name)))
    const tip = [x + (re / most) * radius, y - (im / most) * radius].map((each) => each.toFixed(2))
    arrow.setAttribute("d", `M${x} ${y}L${tip}`)
    point.setAttribute("cx", tip[0])
    point.setAttribute("cy", tip[1])
  }

  /** S₃, or ∂L/∂S₃; of a complex value s₃ without its parts. */
  name({ names: [name], dt }, label) {
    const symbol = this.cell.symbols[name]
    const isGradient = this.state.direction === "backward" && this.cell.has(`d${name}`)
    const step = symbol.first === null ? "" : String(this.state.step + dt)
    const upper = /^(Re|Im)$/.test(symbol.upper) ? "" : symbol.upper
    const text = `${isGradient} ${symbol.base} ${upper} ${step}`
    if (label.stepperText === text) return
    label.stepperText = text
    const raised = upper ? [svg("tspan", { class: "lower", dy: -7 }, upper)] : []
    label.replaceChildren(...(isGradient ? [svg("tspan", { class: "of" }, "∂L/∂")] : []), svg("tspan", {}, symbol.base), ...raised, svg("tspan", { class: "lower", dy: upper ? 12 : 5 }, step))
  }

  /** One step on, the new state slides to where the next step reads it; one step back, it returns. */
  slide(by) {
    if (isCalm()) return
    const { blocks } = this.layout
    for (const { block, element } of this.drawing.drawn) {
      const other = block.dt < 0 ? blockOf(blocks, block.names[0], 0) : blockOf(blocks, block.names[0], -1)
      const arrives = by > 0 ? block.dt < 0 : block.dt === 0 && other
      if (arrives && other) {
        const shift = other.at.map((each, axis) => each - block.at[axis])
        element.animate([{ transform: `translate(${shift[0]}px, ${shift[1]}px)` }, { transform: "none" }], { duration: SLIDE, easing: "ease-in-out" })
      } else if (block.dt === 0) element.animate([{ opacity: 0.25 }, { opacity: 1 }], { duration: SLIDE, easing: "ease-out" })
    }
  }

  /** Light up the numbers that a value is made of, or those of a part of the computation, and dim the rest. */
  light(lit) {
    this.lit = lit
    if (!this.drawing) return
    const wanted = lit?.place ? this.madeOf(lit.place) : lit?.stage ? (number) => number.block.part === lit.stage : null
    this.svg.classList.toggle("focus", Boolean(wanted))
    const shown = new Set()
    for (const group of this.groups) {
      for (const number of group.numbers.values()) {
        const isLit = Boolean(wanted?.(number))
        number.element.classList.toggle("lit", isLit)
        if (isLit) shown.add(`${number.block.names[0]} ${number.block.dt}`)
      }
    }
    const target = lit?.place ? this.ownerOf(lit.place) : null
    for (const { from, to, dt, path } of this.drawing.edges) {
      const isLit = wanted && (lit.stage ? this.partOf(to) === lit.stage : shown.has(`${from} ${dt}`) && shown.has(`${to} 0`) && [from, to].includes(target))
      path.classList.toggle("lit", Boolean(isLit))
    }
  }

  partOf(name) {
    return blockOf(this.layout.blocks, name, 0)?.part
  }

  /** A test for the number itself and for those that it is computed from, through values without a block. */
  madeOf(place) {
    const wanted = new Set()
    const keyOf = ({ name, t, units }) => `${name} ${t} ${units}`
    const drawn = new Set(this.numbers().map((number) => keyOf(number.place)))
    const take = (each, depth) => {
      wanted.add(keyOf(each))
      if (depth > 6 || (depth > 0 && drawn.has(keyOf(each)))) return
      for (const { factors } of this.cell.explain(each).terms) for (const factor of factors) if (factor.place) take(factor.place, depth + 1)
    }
    take(place, 0)
    const own = this.numberAt(place)
    return (number) => number === own || Boolean(number.place && wanted.has(keyOf(number.place)))
  }

  /** The block of a value, or of the value whose gradient it is. */
  ownerOf({ name }) {
    return this.owners?.get(this.cell.symbols[name].of ? name.slice(1).replace(/_direct$/, "") : name) ?? null
  }

  /** @override */
  numbers() {
    return this.groups.flatMap((group) => [...group.numbers.values()].filter(({ place }) => place))
  }

  /** The number that shows this place, or the first one of the block that it belongs to. */
  numberAt(place) {
    const all = this.groups.flatMap((group) => [...group.numbers.values()])
    const same = (number) => number.place && number.place.name === place.name && number.place.t === place.t && number.place.units.join() === place.units.join()
    const owner = this.ownerOf(place)
    const ofOwner = (number) => number.place && number.block.names[0] === owner && number.block.dt === 0
    return all.find(same) ?? all.find((number) => ofOwner(number) && number.row === place.units[0]) ?? all.find(ofOwner) ?? null
  }

  /** Where a number lies when nothing moves, inside `room` (a rectangle around the drawing). A narrow drawing scrolls until it is seen. */
  boxOf({ at: [x, y], size: [width, height] }, room) {
    const [place, middle] = [this.svg.parentElement, (y * this.size[0]) / this.layout.width]
    const isSeen = middle > place.scrollTop && middle < place.scrollTop + place.clientHeight
    if (this.isNarrow && !isSeen) place.scrollTop = middle - place.clientHeight / 2
    const matrix = this.svg.getScreenCTM()
    const corner = (dx, dy) => new DOMPoint(x + dx * width / 2, y + dy * height / 2).matrixTransform(matrix)
    const [one, two] = [corner(-1, -1), corner(1, 1)]
    return { left: one.x - room.left, right: two.x - room.left, top: one.y - room.top, bottom: two.y - room.top }
  }

  middleOf({ at }) {
    return at
  }

  stop() {
    for (const animation of this.svg.getAnimations({ subtree: true })) animation.cancel()
  }
}

/** The place of a number of a block at the step that is shown, or null where there is none yet. */
function shownPlace(cell, name, { block, row, column }, step) {
  const array = cell.arrays.get(name)
  if (!array) return null
  const { first, axes } = cell.symbols[name]
  if (first === null) return { name, t: null, units: [row, column].slice(0, array.shape.length) }
  if (block.lies === "past") {
    if (column >= step) return null
    return axes[1] === "past" ? { name, t: step, units: [column] } : { name, t: column + 1, units: [row] }
  }
  const units = array.shape.length === 3 ? [row, column] : [block.lies === "across" ? column : row]
  return { name, t: step + block.dt, units }
}

/** The largest size of each value over the run, found when it is first drawn. */
function blockScales(cell) {
  const known = new Map()
  const kept = (key, find) => {
    if (!known.has(key)) known.set(key, find())
    return known.get(key)
  }
  const valuesOf = (name) => cell.arrays.get(name)?.values ?? new Float64Array()
  const largest = (values) => values.reduce((most, value) => (Math.abs(value) < Infinity ? Math.max(most, Math.abs(value)) : most), 1e-300)
  const of = (name) => kept(name, () => largest(valuesOf(name)))
  // A factor that is the same at every step lies in the unit circle.
  const modulus = (re, im) => kept(`|${re}|`, () => (cell.symbols[re].first === null && !cell.symbols[re].of ? 1 : largest(valuesOf(re).map((value, i) => Math.hypot(value, valuesOf(im)[i])))))
  return { of, modulus, state: of(cell.blocks.output), gradient: of(gradientSeries(cell)), inputGradient: of("dxs") }
}
