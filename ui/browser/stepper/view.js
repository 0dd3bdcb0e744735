// The stepper: what it shows (time step, unit, step of the computation, direction, open value), and what shows it.
import { shownAlone } from "../shared/shown.js"
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"
import { BlockStage } from "./blocks/blocks.js"
import { Caption } from "./caption.js"
import { Cell, decodeNumbers } from "./cell.js"
import { inkVariables } from "./colours.js"
import { computationOf, wholeStep } from "./computation.js"
import { Dock } from "./dock/dock.js"
import { Units } from "./dock/units.js"
import { clamp, fill, html, setText } from "./dom.js"
import { Explorer } from "./explorer.js"
import { Keys } from "./keys.js"
import { Link } from "./link.js"
import { Moves } from "./moves.js"
import { Pointing } from "./pointing.js"
import { Popover } from "./popover.js"
import { Practice } from "./practice.js"
import { sentenceOf } from "./sentences.js"
import { seriesOf, shareScales } from "./series.js"
import { SharedStep } from "./shared_step.js"
import { Stage } from "./stage/stage.js"
import { diagramOf, takeAlongActions } from "./take_along.js"
import { Trail } from "./trail.js"

export class StepperView {
  constructor(parent) {
    this.parent = parent
    this.state = { step: 1, stage: null, direction: "forward", unit: 0 } // stage: index of a step of the computation, or null
    this.rows = [] // one a cell: {cell, stage, stages, place, box}
    this.moves = new Moves(this)
    this.trail = new Trail(this)
    this.shared = new SharedStep((step) => this.moves.goTo(step, true))
    this.link = new Link(this)
    this.explorer = new Explorer(this)
    this.root = html("div", { class: "stepper" })
    this.root.dataset.show = shownAlone()
    parent.append(styleSheet(), this.root)
    this.resize = new ResizeObserver(() => this.fit())
  }

  /** For a file that works without a server. */
  standalonePart() {
    return diagramOf(this)
  }

  /** A message from Python: new numbers, another theme or language, or nothing new at all; or one of the explorer, with `runs`. */
  receive(data, send) {
    const before = this.data
    this.data = data
    this.send = send ?? this.send
    this.shared.group = data.cursor
    const hasNewWords = data.words_digest !== before?.words_digest
    const hasNewNumbers = data.digest !== before?.digest
    const asked = data.step !== before?.step ? data.step : null
    if (!before) this.state.direction = data.direction
    if (hasNewWords) this.build(data.words)
    if (!data.runs) { // of the page: the explorer's have the same theme, and reading it makes the browser lay out the page
      this.applyTheme()
      this.receiveDial(data, this.send)
    }
    if (hasNewNumbers || hasNewWords) this.takeNumbers(data)
    this.state.step = clamp(asked ?? this.state.step, 1, this.steps)
    this.trail.keep()
    if (this.link.arrive()) this.open(this.link.read())
    this.shared.begin(this.state.step)
    this.isQuiet = true
    this.render()
    if (!before && this.root.dataset.show === "cell") this.rows[0].viewport.focus({ preventScroll: true }) // its keys are all there is
  }

  /** Before the rest of a message, which may wait for the values that dials show: a preset sets this dial too. */
  receiveDial({ dial }, send) {
    this.dock.setDial(dial ?? null, send)
  }

  /** Show what a link asks for (see link.js), and for what it does not name what the page shows by itself. */
  open({ step, unit, direction, stage, value }) {
    const { data, state } = this
    this.turn(this.rows[0].cell.hasGradients ? direction ?? data.direction : "forward")
    state.step = clamp(step ?? data.step ?? 1, 1, this.steps)
    state.stage = this.link.stageOf(stage)
    state.unit = clamp(unit ?? 1, 1, this.mostUnits) - 1
    const found = this.link.placeOf(value)
    if (found) this.trail.open(found.row, found.place)
    else this.trail.close()
  }

  get mostUnits() {
    return Math.max(...this.rows.map(({ cell }) => cell.H))
  }

  /** The parts that speak a language. */
  build(words) {
    this.words = words
    const { moves, trail } = this
    this.dock?.destroy()
    this.dock = new Dock(words, {
      play: () => moves.togglePlay(),
      step: (by) => moves.stepBy(by),
      scrub: (step) => moves.goTo(step, true),
      speed: (value) => moves.setSpeed(value),
      direction: (name) => moves.setDirection(name),
    }, takeAlongActions(this))
    this.caption = new Caption(words, { stage: (index) => moves.setStage(index) })
    this.units = new Units(words, (unit) => this.chooseUnit(unit))
    this.popover = new Popover(words, {
      open: (place) => trail.onTo(place),
      back: () => trail.backTo(trail.places.length - 2),
      backTo: (index) => trail.backTo(index),
      close: () => this.closeValue(),
    })
    this.practice = new Practice(this)
    this.status = html("div", { class: "unseen", role: "status", "aria-live": "polite" })
    this.diagrams = html("div", { class: "diagrams" })
    this.root.replaceChildren(html("div", { class: "stage" }, this.diagrams, this.caption.root), this.dock.root, this.practice.cover, this.popover.root, this.status)
    this.keys?.stop()
    this.keys = new Keys(this)
    this.pointing = new Pointing(this)
    this.rows = []
  }

  takeNumbers(data) {
    const numbers = data.runs ? null : decodeNumbers(data.numbers)
    const cells = data.cells.map((each, i) => new Cell(each, data.tables[i], numbers ?? data.runs[i].numbers))
    const kinds = JSON.stringify(cells.map(({ kind }) => kind))
    if (kinds !== this.kinds || !this.rows.length) this.buildRows(cells, kinds)
    this.rows.forEach((row, i) => {
      row.cell = cells[i]
      row.stage.setCell(cells[i])
    })
    if (cells.length > 1) shareScales(this.rows.map(({ stage }) => stage.scales))
    this.steps = cells[0].T
    const hasGradients = cells.every((cell) => cell.hasGradients)
    this.dock.setLength(this.steps, hasGradients)
    this.units.setCount(cells[0].blocks ? 1 : this.mostUnits) // blocks show all units alike
    this.state.unit = Math.min(this.state.unit, this.mostUnits - 1)
    this.turn(hasGradients ? this.state.direction : "forward")
    this.hasNewNumbers = true
  }

  buildRows(cells, kinds) {
    this.kinds = kinds
    for (const row of this.rows) row.stage.stop()
    this.resize.disconnect()
    this.rows = cells.map((cell) => this.makeRow(cell, cells.length > 1))
    this.diagrams.replaceChildren(...this.rows.map((row) => row.box), this.pointing.tip)
    const placeOfUnits = cells.length > 1 ? this.caption.root : this.diagrams // several cells leave no corner free
    placeOfUnits.append(this.units.root)
    const kind = cells.length > 1 ? "several" : cells[0].kind
    this.root.className = `stepper ${kind}${this.root.classList.contains("dark") ? " dark" : ""}`
    for (const row of this.rows) this.resize.observe(row.place)
  }

  makeRow(cell, isLane) {
    const kind = this.words.kinds[cell.kind]
    const stage = cell.blocks ? new BlockStage(this.words) : new Stage(this.words, isLane)
    const viewport = html("div", { class: "viewport", tabindex: 0, role: "application", "aria-label": `${kind}. ${this.words.keys}` }, stage.svg)
    const place = html("div", { class: "place" }, viewport)
    const row = { stage, viewport, place, box: html("div", { class: `cell-row ${cell.kind}` }, html("div", { class: "cell-title" }, kind), place) }
    viewport.stepperRow = row
    return row
  }

  /** Take a direction. With several cells, the steps of the computation are counted by the cell that has most. */
  turn(direction) {
    const hasTurned = direction !== this.state.direction
    this.state.direction = direction
    for (const row of this.rows) row.stages = computationOf(row.cell, direction)
    const longest = this.rows.reduce((a, b) => (b.stages.length > a.stages.length ? b : a))
    const isAlone = this.rows.length === 1
    this.stages = longest.stages.map(({ id }, i) => ({
      id,
      isNamed: isAlone,
      label: this.words.stage_names[`${!isAlone ? "lanes" : longest.cell.blocks ? "blocks" : longest.cell.kind}.${id}`] ?? fill(this.words.stage_number, { number: i + 1 }),
    }))
    if (hasTurned || this.state.stage >= this.stages.length) this.state.stage = null
    this.caption.setStages(this.stages)
    this.caption.showLegend(direction, longest.cell.blocks ? "darker" : "wider")
    this.root.classList.toggle("backward", direction === "backward")
    this.hasNewNumbers = true
  }

  /** The step of the computation of one row: several cells go through their own in the same time. */
  stageOf(row) {
    const { stage } = this.state
    return stage === null ? null : row.stages[Math.floor((stage * row.stages.length) / this.stages.length)]
  }

  chooseUnit(unit) {
    if (this.trail.isOpen) this.trail.close()
    this.state.unit = unit
    this.isQuiet = true
    this.hasNewNumbers = true
    this.scheduleRender()
  }

  applyTheme() {
    const background = backgroundOf(this.parent.host)
    if (background === this.background) return
    this.background = background
    const dark = isDark(background)
    this.root.classList.toggle("dark", dark)
    inkVariables(this.root, this.data.inks, dark)
  }

  fit() {
    for (const { stage, place } of this.rows) if (place.clientWidth) stage.resize(place.clientWidth, place.clientHeight)
    this.isQuiet = true
    this.render()
  }

  scheduleRender() {
    this.pending ??= requestAnimationFrame(() => this.render())
  }

  render() {
    cancelAnimationFrame(this.pending)
    this.pending = null
    if (!this.rows.length) return
    const { isQuiet, isQuick } = this
    for (const { stage } of this.rows) stage.show(this.state, { isQuiet, isQuick })
    this.isQuiet = this.isQuick = false
    this.light()
    if (this.hasNewNumbers) this.showSeries()
    this.renderWords()
    this.renderPopover()
    this.pointing.refresh()
    this.describeLater()
    this.link.write()
  }

  light() {
    for (const row of this.rows) {
      const place = this.trail.litIn(row)
      const stage = this.stageOf(row)
      row.stage.light(place ? { place } : stage ? { stage: stage.id } : null)
    }
  }

  /** The state over all time steps, for the scrub bar and the thumbnails of the units. */
  showSeries() {
    this.hasNewNumbers = false
    const { direction, unit } = this.state
    this.dock.showSeries(this.rows.map((row) => seriesOf(row, unit, direction)), direction)
    this.units.mark(unit)
    this.units.drawLater((each) => seriesOf(this.rows[0], each, direction), direction)
  }

  renderWords() {
    const { step, direction, stage, unit } = this.state
    const { playing } = this.moves.player
    this.dock.update({ step, steps: this.steps, playing, direction, names: this.data.step_names })
    this.caption.mark(stage)
    const [{ cell }] = this.rows
    if (this.rows.length > 1) return this.caption.say(this.words.sentences[`several.${direction}`], {})
    const own = this.stageOf(this.rows[0])
    const { keys, values } = sentenceOf(cell, { step, unit, direction, stage: own?.id })
    this.caption.say(this.words.sentences[keys.find((key) => key in this.words.sentences)], values)
    this.caption.write(cell, { direction, step, unit, formulas: own ? own.formulas : wholeStep(cell, direction) })
  }

  renderPopover() {
    const { trail } = this
    if (!trail.isOpen || !this.rows.includes(trail.row)) {
      this.practice.hide()
      return this.popover.hide()
    }
    const { row, place } = trail
    const [explained, number] = [row.cell.explain(place), row.stage.numberAt(place)]
    this.popover.show(row, { explained, trail: trail.places, number })
    this.practice.show(row, explained, number)
  }

  /** Words for screen readers wait until the stepping rests. */
  describeLater() {
    clearTimeout(this.describeTimer)
    this.describeTimer = setTimeout(() => {
      for (const { stage } of this.rows) stage.describe()
      if (this.moves.player.playing) return
      const { step, stage } = this.state
      const where = fill(this.words.step_of, { step, steps: this.steps })
      setText(this.status, stage === null ? where : `${where}. ${this.stages[stage].label}`)
    }, 250)
  }

  closeValue() {
    this.trail.close()
    const row = this.rows.includes(this.trail.row) ? this.trail.row : this.rows[0]
    row.viewport.focus({ preventScroll: true })
  }

  destroy() {
    this.moves.player.stop()
    this.shared.stop()
    this.link.stop()
    this.explorer.stop()
    this.resize.disconnect()
    this.keys.stop()
    this.units.stop()
    this.dock.destroy()
    for (const { stage } of this.rows) stage.stop()
    clearTimeout(this.describeTimer)
    cancelAnimationFrame(this.pending)
    this.parent.replaceChildren()
  }
}
