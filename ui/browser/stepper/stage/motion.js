// Motion of the drawing: one camera along time, parts that light up one after the other, digits that count over.
import { setStyle, writeNumber } from "./step_values.js"

const STEP = 360 // milliseconds of the camera for one step; the last part lights up a little later
const SCRUB = 140
const FADED = 0.3 // the opacity of the parts of neighbouring steps
const COUNT = 170

const smooth = (p) => (p <= 0 ? 0 : p >= 1 ? 1 : p < 0.5 ? 4 * p ** 3 : 1 - (2 - 2 * p) ** 3 / 2)
const soft = (p) => (p <= 0 ? 0 : p >= 1 ? 1 : 1 - (1 - p) ** 3)

export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches

export class Motion {
  /** `stage` has groups, scene, state {step, direction}, world, and fill(group, t). */
  constructor(stage) {
    this.stage = stage
    this.position = 1
    this.camera = null
    this.frame = null
    this.reach = 1 // how many neighbours on either side are seen
  }

  stop() {
    cancelAnimationFrame(this.frame)
  }

  groupOf(t) {
    return this.stage.groups.find((group) => group.t === t)
  }

  /** Which of the groups shows which step. */
  assign() {
    const { stage } = this
    const { step } = stage.state
    const { reach } = this
    const needed = new Set([step, step - 1, step + 1])
    for (let t = Math.floor(this.position) - reach; t <= Math.ceil(this.position) + reach; t++) needed.add(t)
    const free = stage.groups.filter((group) => !needed.has(group.t))
    for (const t of needed) {
      if (this.groupOf(t) || !free.length) continue
      const group = free.pop()
      stage.fill(group, t)
      this.settle(group)
    }
  }

  goal(group, part) {
    const { step } = this.stage.state
    return group.t === step || (part.isState && group.t === step - 1) ? 1 : FADED
  }

  settle(group) {
    for (const part of Object.values(group.parts)) part.now = part.from = part.to = this.goal(group, part)
  }

  /** At once: other numbers, another direction, or the first picture. */
  jump(step) {
    this.position = step
    this.camera = null
    this.assign()
    for (const group of this.stage.groups) {
      this.settle(group)
      for (const number of group.numbers.values()) number.counting = null
    }
    this.draw(performance.now())
  }

  /** To another step; `from` is the one that was shown. */
  go(from, isQuick) {
    const { step } = this.stage.state
    if (isCalm()) return this.fade(step)
    const now = performance.now()
    const isOne = Math.abs(step - from) === 1 && !isQuick
    const before = new Map([...(this.groupOf(from)?.numbers ?? [])].map(([key, { to }]) => [key, to]))
    if (Math.abs(step - this.position) > 2) this.position = step - Math.sign(step - this.position) * 0.6
    this.camera = { from: this.position, to: step, begin: now, duration: isQuick ? SCRUB : STEP }
    this.assign()
    const isOnward = step - from === (this.stage.state.direction === "forward" ? 1 : -1)
    const isTold = isOne && isOnward
    for (const group of this.stage.groups) {
      for (const [name, part] of Object.entries(group.parts)) {
        const to = this.goal(group, part)
        if (part.to === to) continue
        const wait = group.t === step && isTold ? this.delay(name) : 0
        Object.assign(part, { from: part.now, to, begin: now + wait, duration: isOne ? 150 : 120 })
      }
    }
    if (isTold) this.tell(this.groupOf(step), before, now)
    this.wake()
  }

  delay(part) {
    return this.stage.scene.parts[part][this.stage.state.direction === "forward" ? 0 : 1]
  }

  /** Digits count over from those of the step before, and a pulse runs along the wires. */
  tell(group, before, now) {
    for (const [key, number] of group?.numbers ?? []) {
      const from = before.get(key)
      if (!Number.isFinite(from) || !Number.isFinite(number.to)) continue
      number.counting = { from, begin: now + this.delay(number.part) + 20 }
      writeNumber(number, from)
    }
    if (!group) return
    for (const wire of group.wires.values()) if (wire.isOn) this.pulse(wire.pulse, this.delay(wire.part) - 60, wire.width * 0.42)
    for (const { path, part } of group.pulses) this.pulse(path, this.delay(part) - 90)
  }

  pulse(path, delay, width) {
    if (width) path.setAttribute("stroke-width", Math.max(2, width).toFixed(1))
    const isForward = this.stage.state.direction === "forward"
    const [first, last] = isForward ? [16, -100] : [-100, 16]
    const frames = [{ strokeDashoffset: first, strokeOpacity: 0, visibility: "visible" }, { strokeOpacity: 0.95, offset: 0.15 }, { strokeOpacity: 0.95, offset: 0.8 }, { strokeDashoffset: last, strokeOpacity: 0, visibility: "visible" }]
    path.animate(frames, { delay: Math.max(0, delay), duration: 260, easing: "ease-in-out" })
  }

  fade(step) {
    this.jump(step)
    this.stage.world.animate([{ opacity: 0.25 }, { opacity: 1 }], { duration: 250 })
  }

  wake() {
    this.frame ??= requestAnimationFrame((now) => {
      this.frame = null
      if (this.draw(now)) this.wake()
    })
  }

  /** Whether something still moves. */
  draw(now) {
    let moves = false
    if (this.camera) {
      const { from, to, begin, duration } = this.camera
      const share = (now - begin) / duration
      this.position = share >= 1 ? to : from + (to - from) * (duration < 200 ? soft(share) : smooth(share))
      if (share >= 1) this.camera = null
      else moves = true
      this.assign()
    }
    for (const group of this.stage.groups) moves = this.place(group, now) || moves
    return moves
  }

  place(group, now) {
    const { stage } = this
    const away = group.t === null ? Infinity : group.t - this.position
    const isHidden = Math.abs(away) > this.reach + 0.9
    for (const layer of [group.below, group.above]) setStyle(layer, "display", isHidden ? "none" : "")
    if (isHidden) return false
    const shift = (away * stage.scene.at.period).toFixed(1)
    const transform = stage.scene.isWide ? `translate(${shift},0)` : `translate(0,${shift})`
    for (const layer of [group.below, group.above]) if (layer.stepperAt !== transform) layer.setAttribute("transform", (layer.stepperAt = transform))
    const near = (0.42 + 0.58 * Math.max(0, 1 - Math.abs(away))).toFixed(3)
    for (const element of [group.frame, group.tubes]) setStyle(element, "opacity", near)
    let moves = false
    for (const part of Object.values(group.parts)) {
      if (part.now !== part.to) {
        const share = soft((now - part.begin) / part.duration)
        part.now = share >= 1 ? part.to : part.from + (part.to - part.from) * share
        if (share < 1) moves = true
      }
      setStyle(part.element, "opacity", part.now.toFixed(3))
    }
    for (const number of group.numbers.values()) moves = this.count(number, now) || moves
    this.hideWhatComes(group)
    return moves
  }

  /** The digits of a step that is still to come would give away what happens there. */
  hideWhatComes(group) {
    const { step, direction } = this.stage.state
    const isForward = direction === "forward"
    group.below.classList.toggle("to-come", isForward ? group.t > step : group.t < step)
    group.above.classList.toggle("to-come", isForward ? group.t > step : group.t < step - 1)
  }

  count(number, now) {
    if (!number.counting) return false
    const share = soft((now - number.counting.begin) / COUNT)
    writeNumber(number, number.counting.from + (number.to - number.counting.from) * share)
    if (share < 1) return true
    number.counting = null
    writeNumber(number, number.to)
    return false
  }
}
