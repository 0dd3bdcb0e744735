// The stepper: what it shows (step, stage, direction, the open value), and the drawing of it.
import { powerOfTen } from "../shared/powers.js"
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"
import { Cell, decodeNumbers } from "./cell.js"
import { inkVariables } from "./colours.js"
import { Diagram } from "./diagram.js"
import { clamp, fill, html, setText } from "./dom.js"
import { Explorer } from "./explorer.js"
import { Keys } from "./keys.js"
import { Link } from "./link.js"
import { Moves } from "./moves.js"
import { Panel } from "./panel.js"
import { Pointing } from "./pointing.js"
import { Scales, makePalettes } from "./scales.js"
import { SharedStep } from "./shared_step.js"
import { incoming, stagesOf, wholeStep } from "./stages.js"
import { Strip } from "./strip.js"
import { Transport } from "./transport.js"
import { uncover } from "./uncover.js"
import { Walk } from "./walk.js"

export class StepperView {
  constructor(parent) {
    this.parent = parent
    this.uncovered = null // the square that was last scrolled into sight
    this.state = { step: 1, stage: null, direction: "forward", unit: 0 } // stage: index, or null for the whole step
    this.rows = [] // one a cell: {cell, scales, looks, stages, diagram, strip, viewport, legend, box}
    this.moves = new Moves(this)
    this.walk = new Walk(this)
    this.shared = new SharedStep((step) => this.moves.goTo(step))
    this.link = new Link(this)
    this.explorer = new Explorer(this)
    this.root = html("div", { class: "stepper" })
    parent.append(styleSheet(), this.root)
    this.resize = new ResizeObserver(() => this.fit())
    this.resize.observe(this.root)
  }

  /** A message from Python: new numbers, another theme or language, or nothing new at all; or one of the explorer, with `runs`. */
  receive(data) {
    const before = this.data
    this.data = data
    this.shared.group = data.cursor
    const hasNewWords = data.words_digest !== before?.words_digest
    const hasNewNumbers = data.digest !== before?.digest
    const asked = data.step !== before?.step ? data.step : null
    if (!before) this.state.direction = data.direction
    if (hasNewWords) this.build(data.words)
    this.applyTheme()
    const isRebuilt = (hasNewNumbers || hasNewWords) && this.takeNumbers(data)
    this.state.step = clamp(asked ?? this.state.step, 1, this.steps)
    this.walk.keep()
    if (this.link.arrive()) this.open(this.link.read())
    this.shared.begin(this.state.step)
    if (isRebuilt || !this.width) this.fit()
    else this.render() // measuring the width would make the browser lay out the page
  }

  /** Show what a link asks for (see link.js), and for what it does not name what the page shows by itself. */
  open({ step, unit, direction, stage, value }) {
    const { data, state } = this
    this.turn(this.rows[0].cell.hasGradients ? direction ?? data.direction : "forward")
    state.step = clamp(step ?? data.step ?? 1, 1, this.steps)
    state.stage = this.link.stageOf(stage)
    state.unit = clamp(unit ?? 1, 1, Math.max(...this.rows.map(({ cell }) => cell.H))) - 1
    const found = this.link.placeOf(value)
    if (found) this.walk.open(found.row, found.place)
    else this.walk.close()
  }

  /** The parts that speak a language. */
  build(words) {
    this.words = words
    const { moves, walk } = this
    this.transport = new Transport(words, {
      play: () => moves.togglePlay(),
      step: (by) => moves.stepBy(by),
      goTo: (step) => moves.goTo(step),
      stage: (index) => moves.setStage(index),
      speed: (value) => moves.setSpeed(value),
      direction: (name) => moves.setDirection(name),
    })
    this.panel = new Panel(words, {
      open: (place) => walk.onTo(place),
      back: () => walk.backTo(walk.trail.length - 2),
      backTo: (index) => walk.backTo(index),
      close: () => this.closeValue(),
    })
    this.status = html("div", { class: "unseen", role: "status", "aria-live": "polite" })
    this.diagrams = html("div", { class: "diagrams" })
    this.root.replaceChildren(this.transport.bar, this.transport.stageRow, this.diagrams, this.panel.root, this.status)
    this.keys?.stop()
    this.keys = new Keys(this)
    this.pointing = new Pointing(this)
    this.rows = []
  }

  /** Whether the diagrams were built anew: cells of other kinds or sizes. */
  takeNumbers(data) {
    const numbers = data.runs ? null : decodeNumbers(data.numbers)
    const cells = data.cells.map((each, i) => new Cell(each, data.tables[i], numbers ?? data.runs[i].numbers))
    const shapes = JSON.stringify(data.cells.map(({ kind, options, X, H }) => [kind, options, X, H]))
    const isRebuilt = shapes !== this.shapes || !this.rows.length
    if (isRebuilt) {
      this.shapes = shapes
      this.rows = cells.map((cell) => this.makeRow(cell))
      this.diagrams.replaceChildren(...this.rows.map((row) => row.box), this.pointing.tip)
    }
    this.rows.forEach((row, i) => {
      row.cell = cells[i]
      row.scales = new Scales(cells[i])
      row.looks = row.scales.looks(this.palettes)
      row.diagram.setCell(cells[i])
    })
    this.steps = cells[0].T
    const hasGradients = cells.every((cell) => cell.hasGradients)
    this.transport.setLength(this.steps, hasGradients)
    this.root.classList.toggle("several", cells.length > 1)
    this.turn(hasGradients ? this.state.direction : "forward")
    return isRebuilt
  }

  makeRow(cell) {
    const kind = this.words.kinds[cell.kind]
    const diagram = new Diagram(cell, this.words)
    const strip = new Strip(this.words, (step) => this.moves.goTo(step))
    const viewport = html("div", { class: "viewport", tabindex: 0, role: "application", "aria-label": `${kind}. ${this.words.keys}` }, diagram.svg)
    const legend = html("p", { class: "legend" })
    const box = html("div", { class: "cell-row" }, html("div", { class: "cell-title" }, kind), viewport, legend, strip.root)
    const row = { diagram, strip, viewport, legend, box }
    viewport.stepperRow = row
    return row
  }

  /** Take a direction: its stages, its colours. With several cells, the stages are counted by the one that has most. */
  turn(direction) {
    const turned = direction !== this.state.direction
    this.state.direction = direction
    for (const row of this.rows) row.stages = stagesOf(row.cell, direction)
    const longest = this.rows.reduce((a, b) => (b.stages.length > a.stages.length ? b : a))
    const alone = this.rows.length === 1
    this.stages = longest.stages.map(({ id }, i) => ({
      id,
      counted: alone,
      label: alone ? this.words.stage_names[`${longest.cell.kind}.${id}`] : fill(this.words.stage_number, { number: i + 1 }),
    }))
    if (turned || this.state.stage >= this.stages.length) this.state.stage = null
    this.transport.setStages(this.stages)
    this.repaint = true
  }

  /** The stage of one row: several cells go through their own stages in the same time. */
  stageOf(row) {
    const { stage } = this.state
    return stage === null ? null : row.stages[Math.floor((stage * row.stages.length) / this.stages.length)]
  }

  applyTheme() {
    const background = backgroundOf(this.parent.host)
    if (background === this.background) return
    this.background = background
    const dark = isDark(background)
    const { inks, scales } = this.data
    this.root.classList.toggle("dark", dark)
    inkVariables(this.root, inks, dark)
    for (const [kind, themes] of Object.entries(scales)) {
      const [negative, , positive] = themes[dark ? "dark" : "light"]
      this.root.style.setProperty(`--${kind}-negative`, negative)
      this.root.style.setProperty(`--${kind}-positive`, positive)
    }
    this.palettes = makePalettes(this.data, dark)
    for (const row of this.rows) row.looks = row.scales?.looks(this.palettes)
    this.repaint = true
  }

  /** Sizes that depend on the width. Wide: the whole diagram. Narrow: a window on it that follows the stage. */
  fit() {
    const width = this.rows[0]?.viewport.clientWidth
    if (!width) return
    for (const { diagram, viewport } of this.rows) {
      const whole = width / diagram.plan.width
      const scale = clamp(whole, width < 560 ? 0.9 : 0.76, 1.12)
      diagram.svg.style.width = `${Math.round(diagram.plan.width * scale)}px`
      diagram.svg.style.height = `${Math.round(diagram.plan.height * scale)}px`
      viewport.classList.toggle("narrow", scale > whole + 0.001)
    }
    if (width !== this.width) this.repaint = true
    this.width = width
    this.render()
    this.follow(false)
  }

  scheduleRender() {
    this.pending ??= requestAnimationFrame(() => this.render())
  }

  render() {
    cancelAnimationFrame(this.pending)
    this.pending = null
    if (!this.width) return
    const { step, direction } = this.state
    for (const row of this.rows) {
      if (this.repaint) {
        row.strip.paint({ cell: row.cell, direction, looks: row.looks, width: this.width })
        setText(row.legend, this.legend(row.scales))
      }
      row.diagram.update({ step, direction, looks: row.looks })
      row.diagram.light(this.stageOf(row)?.id ?? null)
      row.strip.mark(step)
    }
    this.repaint = false
    const open = this.walk.shown
    const explained = open && open.row.cell.explain(open.place)
    for (const row of this.rows) row.diagram.trace(open?.row === row ? explained : null, step, direction)
    this.renderBar()
    this.pointing.refresh()
    this.describeLater()
    this.link.write()
    // The panel's formulas cost as much as the diagram: they have a frame of their own, the next one.
    cancelAnimationFrame(this.panelPending)
    this.panelPending = requestAnimationFrame(() => this.renderPanel(open, explained))
  }

  renderBar() {
    const { playing } = this.moves.player
    this.root.classList.toggle("playing", playing)
    this.root.classList.toggle("staged", this.state.stage !== null)
    this.transport.update({ ...this.state, steps: this.steps, playing, sentence: this.sentence(), names: this.data.step_names })
  }

  sentence() {
    const [row] = this.rows
    const stage = this.rows.length === 1 ? this.stageOf(row) : null
    const { sentences } = this.words
    const { direction } = this.state
    if (!stage) return sentences[`whole.${direction}`]
    const key = `${row.cell.kind}.${stage.id}`
    return sentences[`${key}.${row.cell.options.form}.${direction}`] ?? sentences[`${key}.${direction}`]
  }

  legend(scales) {
    const { words } = this
    if (this.state.direction === "backward") return fill(words.legend_backward, { low: powerOfTen(scales.gradient.bottom), high: powerOfTen(scales.gradient.top) })
    return words.legend_forward + scales.legend().map(([kind, full]) => `${words.legend_kinds[kind]} ±${full}`).join(" · ")
  }

  renderPanel(open, explained) {
    const { step, direction, unit } = this.state
    this.panel.root.classList.toggle("pinned", this.walk.isPinned)
    if (!this.walk.isPinned) this.uncovered = null
    if (open) {
      const { row, place, trail } = open
      this.panel.showValue({ cell: row.cell, explained, trail, title: row.diagram.nameOfPlace(place) })
      if (this.walk.isPinned) this.uncover(row.diagram.cellAt(place, step, direction))
      return
    }
    const row = this.rows.includes(this.walk.row) ? this.walk.row : this.rows[0]
    const stage = this.stageOf(row)
    this.panel.showStage({
      cell: row.cell, direction, step,
      unit: Math.min(unit, row.cell.H - 1),
      title: stage ? this.words.stage_names[`${row.cell.kind}.${stage.id}`] : this.words.whole_step,
      formulas: stage ? stage.formulas : wholeStep(row.stages),
      vectors: stage?.id === "in" && direction === "forward" ? incoming(row.cell) : [],
    })
  }

  /** Words for screen readers wait until the stepping rests. */
  describeLater() {
    clearTimeout(this.describeTimer)
    this.describeTimer = setTimeout(() => {
      const { step, direction, stage } = this.state
      for (const row of this.rows) {
        row.diagram.describe(step, direction)
        row.strip.describe(step)
      }
      if (this.moves.player.playing) return
      const where = fill(this.words.step_of, { step, steps: this.steps })
      setText(this.status, stage === null ? where : `${where}. ${this.stages[stage].label}`)
    }, 250)
  }

  uncover(square) {
    if (!square || this.uncovered === square) return
    this.uncovered = square
    uncover(this.parent.host, this.panel.root, square)
  }

  closeValue() {
    this.walk.close()
    const row = this.rows.includes(this.walk.row) ? this.walk.row : this.rows[0]
    row.viewport.focus({ preventScroll: true })
  }

  /** On a narrow screen, bring the stage into the window. */
  follow(smooth) {
    for (const row of this.rows) {
      const { viewport, diagram } = row
      if (!viewport.classList.contains("narrow")) continue
      const stage = this.stageOf(row)
      if (!stage) continue
      const scale = diagram.svg.clientWidth / diagram.plan.width
      const [left, right] = diagram.extent(stage.id).map((x) => x * scale)
      viewport.scrollTo({ left: (left + right - viewport.clientWidth) / 2, behavior: smooth ? "smooth" : "instant" })
    }
  }

  destroy() {
    this.moves.player.stop()
    this.shared.stop()
    this.link.stop()
    this.explorer.stop()
    this.resize.disconnect()
    this.keys.stop()
    clearTimeout(this.describeTimer)
    cancelAnimationFrame(this.pending)
    cancelAnimationFrame(this.panelPending)
    this.parent.replaceChildren()
  }
}
