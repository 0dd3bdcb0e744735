// Moving: from step to step, inside a step, by the reader or by the clock, forward or backward.
import { clamp } from "./dom.js"
import { Player } from "./player.js"

const STEP_RATE = 1.05 // whole steps a second at speed 1
const STAGE_RATE = 0.5
const FAST = 2 // steps a second: more have no time for the parts to light up one after the other

export class Moves {
  constructor(view) {
    this.view = view
    this.state = view.state
    this.speed = 1
    this.player = new Player((count) => this.advance(count))
  }

  get onward() {
    return this.state.direction === "backward" ? -1 : 1
  }

  /** The last step in this direction. */
  get end() {
    return this.onward < 0 ? 1 : this.view.steps
  }

  /** Quickly: while the scrub bar or a chart's cursor moves. */
  goTo(step, isQuick = false) {
    const { view, state } = this
    const by = clamp(step, 1, view.steps) - state.step
    if (!by) return
    state.step += by
    view.isQuick = isQuick || (this.player.playing && this.player.rate > FAST)
    view.trail.shift(by, view.steps)
    view.shared.tell(state.step)
    view.scheduleRender()
  }

  stepBy(by) {
    this.goTo(this.state.step + by)
  }

  setStage(index) {
    this.state.stage = index
    this.view.scheduleRender()
  }

  /** The next stage; past the last one, the first of the next step. False where there is no further step. */
  stageBy(by) {
    const { stage } = this.state
    const last = this.view.stages.length - 1
    const start = by > 0 ? 0 : last
    if (stage === null) this.setStage(start)
    else if (stage + by >= 0 && stage + by <= last) this.setStage(stage + by)
    else {
      const next = this.state.step + by * this.onward
      if (next < 1 || next > this.view.steps) return false
      this.goTo(next)
      this.setStage(start)
    }
    return true
  }

  setSpeed(speed) {
    this.speed = speed
    this.player.rate = speed * (this.state.stage === null ? STEP_RATE : STAGE_RATE)
  }

  setDirection(direction) {
    const { view, state } = this
    if (direction === state.direction || !view.rows[0].cell.hasGradients) return
    const stage = view.stageOf(view.rows[0])?.id
    view.trail.close()
    view.turn(direction)
    if (stage) state.stage = view.rows[0].stages.findIndex((each) => each.id === stage)
    view.scheduleRender()
  }

  togglePlay() {
    if (this.player.playing) this.player.stop()
    else {
      const { stage, step } = this.state
      const stagesLeft = stage !== null && stage < this.view.stages.length - 1
      if (step === this.end && !stagesLeft) {
        this.goTo(this.onward < 0 ? this.view.steps : 1)
        if (stage !== null) this.setStage(0)
      }
      this.setSpeed(this.speed)
      this.player.start()
    }
    this.view.scheduleRender()
  }

  /** So many ticks of the clock have passed. */
  advance(count) {
    this.setSpeed(this.speed) // the reader may have left the stages for whole steps, or the other way round
    if (this.state.stage === null) {
      this.stepBy(count * this.onward)
      if (this.state.step === this.end) this.togglePlay()
      return
    }
    for (let i = 0; i < count; i++) if (!this.stageBy(1)) return this.togglePlay()
  }
}
