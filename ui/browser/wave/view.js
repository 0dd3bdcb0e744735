// The stage of the Home page: a wave to draw, the network's continuation, its state beneath, and the dock with waves to try.
import { make } from "../shared/elements.js"
import { styleSheet } from "../shared/styles.js"
import { WaveDock } from "./dock.js"
import { Network } from "./network.js"
import { WavePicture, clamp, signed } from "./picture.js"
import { Playing } from "./playing.js"

const SEND_EVERY = 300 // milliseconds, while the pointer moves
const KEY_STEP = 0.05
const LAST_READ = 16 // steps over which the error of the predictions is averaged
const rounded = (value) => Math.round(value * 100) / 100 // a link holds two decimals

export class WaveView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    /** @type {Network | null} */
    this.network = null
    /** @type {number | null} the step under the cursor */
    this.chosen = null
    this.stage = make("div", "stage")
    this.stage.tabIndex = 0
    this.stage.setAttribute("role", "application")
    this.canvas = document.createElement("canvas")
    this.tags = { yours: make("span", "tag large"), network: make("span", "tag large network"), state: make("span", "tag"), axis: make("span", "tag") }
    this.hint = make("div", "hint")
    this.hand = make("div", "hand")
    this.stage.append(this.canvas, ...Object.values(this.tags), this.hint, this.hand)
    this.picture = new WavePicture(this.canvas)
    this.playing = new Playing(this)
    this.dock = new WaveDock(this)
    parent.append(styleSheet(), this.stage, this.dock.root)
    this.stage.onpointerdown = (event) => this.press(event)
    this.stage.onpointermove = (event) => this.move(event)
    this.stage.onpointerup = this.stage.onpointercancel = () => this.release()
    this.stage.onpointerleave = () => !this.last && this.choose(null)
    this.stage.onkeydown = (event) => this.pressKey(event)
    this.resized = new ResizeObserver(() => this.layOut())
    this.resized.observe(this.stage)
    this.themed = new MutationObserver(() => this.layOut())
    this.themed.observe(document.documentElement, { attributeFilter: ["style", "class", "data-projector"] })
  }

  /**
   * @param {WaveMessage} data
   * @param {SendDrawing} setStateValue
   */
  receive(data, setStateValue) {
    const isNew = data.started !== this.data?.started
    this.setStateValue = setStateValue
    this.data = data
    this.network ??= new Network(data.weights)
    const { words } = data
    this.stage.setAttribute("aria-label", words.label)
    this.tags.yours.textContent = words.yours
    this.tags.network.textContent = words.network
    this.tags.state.textContent = words.state
    this.tags.axis.textContent = words.axis
    this.hint.textContent = words.hint
    if (isNew) this.show([...data.start], data.preset)
    this.dock.write(data)
    this.layOut()
    if (isNew && !data.isOwn) this.playing.begin()
  }

  get count() {
    return this.wave.length + this.data.ahead
  }

  /** Another wave, drawn or chosen. */
  show(wave, preset = null) {
    this.wave = wave
    this.preset = preset
    this.compute()
  }

  compute() {
    this.run = this.network.readAndContinue(this.wave, this.data.ahead)
    this.until = this.count - 1
    this.tell()
    this.paintSoon()
  }

  layOut() {
    if (!this.run || !this.stage.clientWidth) return
    this.picture.layOut(this.count, this.wave.length)
    const { picture, tags } = this
    const left = picture.x(0) - picture.stride / 2
    place(tags.yours, left, 8)
    place(tags.network, picture.x(this.wave.length - 0.5) + 14, 8)
    place(tags.state, left, picture.lanesTop - 1.6 * picture.rem)
    tags.axis.style.cssText = `right: 1rem; top: ${picture.height - 1.5 * picture.rem}px`
    const at = Math.round(this.wave.length * 0.6)
    const lowest = picture.isNarrow ? picture.lanesTop - 4.8 * picture.rem : picture.bottom - picture.rem // a narrow one would cover the state's name
    place(this.hint, picture.x(at), clamp(picture.y(this.wave[at]) + 2.4 * picture.rem, 0, lowest))
    this.paintSoon()
  }

  paintSoon() {
    this.painting ??= requestAnimationFrame(() => {
      this.painting = undefined
      this.paint()
    })
  }

  paint() {
    if (this.picture.count) this.picture.draw(this.run, this.until, this.chosen)
  }

  choose(step) {
    if (step === this.chosen) return
    this.chosen = step
    this.tell()
    this.paintSoon()
  }

  /** One sentence on what is shown, computed from it. */
  tell() {
    const { words } = this.data
    const { values, predicted } = this.run
    const step = this.chosen
    const read = this.wave.length
    let sentence
    if (step === null) {
      const last = Array.from({ length: Math.min(LAST_READ, read - 1) }, (_, i) => read - 1 - i)
      const error = last.reduce((sum, t) => sum + Math.abs(predicted[t] - values[t]), 0) / last.length
      const period = periodOf(values.slice(read))
      const words_of_period = period === null ? words.no_period : words.period.replace("{period}", String(period))
      sentence = words.summary.replace("{count}", String(last.length)).replace("{error}", error.toFixed(2)) + " " + words_of_period
    } else if (step >= read) sentence = words.own.replace("{value}", signed(values[step]))
    else if (step === 0) sentence = words.first.replace("{value}", signed(values[0]))
    else sentence = words.given.replace("{value}", signed(values[step])).replace("{predicted}", signed(predicted[step]))
    if (step !== null) sentence = sentence.replace("{step}", String(step + 1))
    this.dock.say(sentence)
  }

  place(event) {
    const box = this.stage.getBoundingClientRect()
    return { step: this.picture.stepAt(event.clientX - box.left), value: this.picture.valueAt(event.clientY - box.top), y: event.clientY - box.top }
  }

  press(event) {
    this.playing.stop()
    const { step, value, y } = this.place(event)
    const isOutside = step > this.wave.length - 0.3 || y > this.picture.bottom
    if (isOutside) return this.choose(clamp(Math.round(step), 0, this.count - 1))
    this.hint.hidden = true
    this.stage.setPointerCapture(event.pointerId)
    this.last = null
    this.draw(step, value)
  }

  move(event) {
    const { step, value } = this.place(event)
    if (this.last) this.draw(clamp(step, 0, this.wave.length - 1), value)
    else if (event.pointerType === "mouse" && !this.playing.isOn) this.choose(clamp(Math.round(step), 0, this.count - 1))
  }

  /** The pointer sets the values that it passes; the neighbours that it has not reached follow a little. */
  draw(step, value) {
    const from = this.last ?? { step, value }
    const low = Math.min(from.step, step), high = Math.max(from.step, step)
    const end = this.wave.length - 1
    for (let t = Math.max(0, Math.ceil(low - 0.5)); t <= Math.min(end, Math.floor(high + 0.5)); t++) {
      const share = high > low ? clamp((t - from.step) / (step - from.step), 0, 1) : 1
      this.wave[t] = rounded(from.value + (value - from.value) * share)
    }
    for (let away = 1; away <= 3; away++) {
      for (const t of [Math.round(step) + away, Math.round(step) - away]) {
        if (t >= 0 && t <= end && (t < low - 0.5 || t > high + 0.5)) this.wave[t] = rounded(this.wave[t] + (value - this.wave[t]) * 0.6 * 0.5 ** away)
      }
    }
    this.last = { step, value }
    this.chosen = clamp(Math.round(step), 0, end)
    this.isChanged()
  }

  isChanged() {
    this.preset = null
    this.dock.light(null)
    this.compute()
    this.sendTimer ??= setTimeout(() => this.send(), SEND_EVERY)
  }

  release() {
    if (!this.last) return
    this.last = null
    this.chosen = null
    this.send()
    this.playing.continue()
    this.tell()
  }

  send() {
    clearTimeout(this.sendTimer)
    this.sendTimer = undefined
    this.setStateValue("drawn", { started: this.data.started, values: [...this.wave] })
  }

  pressKey(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key]
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (by === undefined && up === undefined) return
    event.preventDefault()
    event.stopPropagation() // Streamlit has shortcuts of its own
    this.playing.stop()
    this.hint.hidden = true
    if (this.chosen === null) return this.choose(this.wave.length - 8)
    if (by) return this.choose(clamp(this.chosen + by, 0, this.count - 1))
    if (this.chosen >= this.wave.length) return
    this.wave[this.chosen] = rounded(clamp(this.wave[this.chosen] + up * KEY_STEP, -1.15, 1.15))
    this.isChanged()
  }

  destroy() {
    this.playing.stop()
    this.resized.disconnect()
    this.themed.disconnect()
    cancelAnimationFrame(this.painting)
    clearTimeout(this.sendTimer)
    this.parent.replaceChildren()
  }
}

/** In whole steps, from where the values cross zero; null where they cross it less than twice. */
function periodOf(values) {
  const crossings = []
  for (let t = 0; t + 1 < values.length; t++) if (values[t] * values[t + 1] < 0) crossings.push(t)
  if (crossings.length < 2) return null
  return Math.round((2 * (crossings.at(-1) - crossings[0])) / (crossings.length - 1))
}


const place = (element, left, top) => (element.style.cssText = `left: ${left}px; top: ${top}px`)
