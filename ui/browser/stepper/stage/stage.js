// The drawing of one cell: the time step that is shown in the middle, its neighbours in time faded beside it.
// The height of its place sets the scale; what is wider shows more of the neighbours.
import { svg } from "../dom.js"
import { gruScene } from "./gru.js"
import { laneScene } from "./lanes.js"
import { lstmScene } from "./lstm.js"
import { Motion } from "./motion.js"
import { NamedStage } from "./named.js"
import { rnnScene } from "./rnn.js"
import { scalesOf } from "./scales.js"
import { StepGroup } from "./step_group.js"
import { fillGroup } from "./step_values.js"

const SCENES = { rnn: rnnScene, lstm: lstmScene, gru: gruScene }
const NARROW = 600 // pixels: below, time runs downwards

export class Stage extends NamedStage {
  /** `isLane`: one of several cells, of which only the memory is drawn. */
  constructor(words, isLane) {
    super(words)
    this.isLane = isLane
    this.state = { step: 1, unit: 0, direction: "forward" }
    this.size = [0, 0]
    this.drawn = new Map() // what was drawn for a form of the cell: {groups, world, scene, scenes: by the number of inputs}
    this.svg = svg("svg", { class: "diagram", role: "group" })
    this.motion = new Motion(this)
    this.lit = null
    this.isFocused = false
  }

  /** @override */
  get groups() {
    return this.current?.groups ?? []
  }

  get scene() {
    return this.current?.scene
  }

  get world() {
    return this.current.world
  }

  /** Other numbers, perhaps of a cell of another form or size. */
  setCell(cell) {
    this.cell = cell
    this.scales = scalesOf(cell)
    this.svg.setAttribute("aria-label", this.words.kinds[cell.kind])
    this.isFilled = false
    if (this.size[0]) this.build()
  }

  /** Each form is drawn once: a dial that passes it again finds its nodes. */
  build() {
    const { kind, options, X } = this.cell
    const isTall = this.size[0] < NARROW && !this.isLane
    const form = JSON.stringify([kind, options, isTall])
    const key = form + X
    if (key === this.key) return
    this.key = key
    if (!this.drawn.has(form)) this.drawn.set(form, emptyDrawing(isTall))
    this.current = this.drawn.get(form)
    const { scenes, world } = this.current
    if (!scenes.has(X)) scenes.set(X, (this.isLane ? laneScene : SCENES[kind])(this.cell, isTall))
    this.current.scene = scenes.get(X)
    if (world.parentNode !== this.svg) this.svg.replaceChildren(world)
    this.isFilled = false
    this.fitBox()
  }

  resize(width, height) {
    if (width === this.size[0] && height === this.size[1]) return
    this.size = [width, height]
    if (!this.cell) return
    this.build()
    this.fitBox()
    if (!this.isFilled) this.show(this.state, { isQuiet: true })
  }

  fitBox() {
    const [width, height] = this.size
    const { at, isWide } = this.scene
    if (isWide) {
      const scale = Math.min(height / at.size, at.least ? width / at.least : Infinity)
      const [w, h] = [width / scale, height / scale]
      this.svg.setAttribute("viewBox", `${this.isLane ? at.middle - w / 2 : Math.min(at.left, at.middle - w / 2)} ${(at.size - h) / 2} ${w} ${h}`)
      this.makeGroups(Math.ceil(w / (2 * at.period) - 0.5))
      return
    }
    this.makeGroups(1)
    const scale = Math.min(width / at.size, height / at.span)
    const w = width / scale
    this.svg.setAttribute("viewBox", `${-(w - at.size) / 2} ${at.left} ${w} ${height / scale}`)
  }

  /** `reach`: how many neighbours on either side are seen; while the camera moves, one more, and some on their way out. */
  makeGroups(needed) {
    const reach = Math.max(1, needed)
    this.motion.reach = reach
    const { groups, scene, below, above } = this.current
    while (groups.length < 2 * reach + 4) groups.push(new StepGroup(scene, below, above))
  }

  fill(group, t) {
    const { cell, scales, words } = this
    if (group.scene !== this.scene) group.takeInputs(this.scene)
    fillGroup(group, { cell, scales, words, ...this.state }, t)
  }

  /** Show a step. Quietly: at once, for new numbers, or while a dial or the scrub bar moves. */
  show({ step, unit, direction }, { isQuiet = false, isQuick = false } = {}) {
    const before = this.state
    this.state = { step, unit: Math.min(unit, this.cell.H - 1), direction }
    if (!this.current) return
    this.svg.classList.toggle("backward", direction === "backward")
    const isSame = this.isFilled && before.unit === this.state.unit && before.direction === direction
    if (!isSame) this.refill()
    if (isSame && !isQuiet && step !== before.step) this.motion.go(before.step, isQuick)
    else if (!isSame || step !== before.step) this.motion.jump(step)
    this.isFilled = true
    this.light(this.lit)
  }

  /** All groups near the step that is shown; those far away are filled when their turn comes. */
  refill() {
    for (const group of this.groups) {
      if (group.t === null) continue
      if (Math.abs(group.t - this.state.step) < 2) this.fill(group, group.t)
      else group.t = null
    }
  }

  /** Light up pieces and dim the rest: {stage} or {place} or null for all. */
  light(lit) {
    this.lit = lit
    if (!this.current) return
    const { direction, step } = this.state
    const number = lit?.place && this.numberAt(lit.place)
    const keys = number ? this.scene.madeOf[direction][number.key] : lit?.stage && this.scene.stages[direction][lit.stage]
    const at = number ? number.group.t : step
    const wanted = keys && new Set(keys)
    if (!wanted && !this.isFocused) return
    this.isFocused = Boolean(wanted)
    this.world.classList.toggle("focus", Boolean(wanted))
    for (const group of this.groups) {
      const before = { [at]: "", [at - 1]: "p:", [at + 1]: "n:" }[group.t]
      for (const [key, elements] of group.lit) {
        const isLit = Boolean(wanted && before !== undefined && wanted.has(before + key))
        for (const element of elements) element.classList.toggle("lit", isLit)
      }
    }
  }

  /** @override The numbers of the step on show, and the states before it. */
  numbers() {
    const { step } = this.state
    const seen = (group) => [...group.numbers.values()].filter((number) => number.place && (group.t === step || number.group.parts[number.part].isState))
    return this.groups.filter((group) => group.t === step || group.t === step - 1).flatMap(seen)
  }

  /** The number that shows this place, or the one that it belongs to: the sum of a gate has no box of its own. */
  numberAt(place) {
    const group = this.motion.groupOf(place.t ?? this.state.step)
    if (!group) return null
    const isHere = (number) => number.place?.name === place.name && number.place.units.join() === place.units.join()
    const found = [...group.numbers.values()].find(isHere)
    if (found) return found
    const name = place.name.replace(/^d/, "")
    const owner = [...group.numbers.values()].find(({ box }) => box.name !== "xs" && name.startsWith(box.name))
    const letter = /^[Wbw]_.*(\w)$/.exec(name)?.[1] // of a weight: the gate that it belongs to
    return owner ?? group.numbers.get(letter) ?? group.numbers.get(OWNERS[name.replace(/_(through|direct).*/, "")] ?? "h") ?? null
  }

  /** Where a number comes to lie when nothing moves any more, inside `room` (a rectangle around the drawing). */
  boxOf({ box, group }, room) {
    const drawn = this.svg.getBoundingClientRect()
    const [x, y, w] = this.svg.getAttribute("viewBox").split(" ").map(Number)
    const scale = drawn.width / w
    const name = box.symbol?.[1] ?? 0 // the name of a state stands above or below its box
    const [above, below] = [Math.max(box.size[1] / 2, -name + 20), Math.max(box.size[1] / 2, name + 8)]
    const [middleX, middleY] = this.middleOf({ box, group })
    const at = (dx, dy) => [drawn.left - room.left + (middleX + dx - x) * scale, drawn.top - room.top + (middleY + dy - y) * scale]
    const [[left, top], [right, bottom]] = [at(-box.size[0] / 2, -above), at(box.size[0] / 2, below)]
    return { left, top, right, bottom }
  }

  /** In the drawing's own measures. */
  middleOf({ box, group }) {
    const away = (group.t - this.state.step) * this.scene.at.period
    return this.scene.isWide ? [box.at[0] + away, box.at[1]] : [box.at[0], box.at[1] + away]
  }

  stop() {
    this.motion.stop()
  }
}

function emptyDrawing(isTall) {
  const [below, above] = [svg("g", {}), svg("g", {})]
  return { scenes: new Map(), scene: null, groups: [], below, above, world: svg("g", { class: isTall ? "world tall" : "world" }, below, above) }
}

const OWNERS = { cs: "c", hs: "h", tanh_c: "h", reset_h: "n", candidate_h: "n" }
