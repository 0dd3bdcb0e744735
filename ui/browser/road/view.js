// The stage of a sentence: it is read word by word, the pointer or the keys move along it, and a click on a word leaves it out.
import { writeSentence } from "../shared/sentence.js"
import { styleSheet } from "../shared/styles.js"
import { answerOf, drawGhost, drawLane, drawStates, percent, pointOf, svg } from "./drawing.js"
import { NARROW, clamp, neededRoom, pointAt, tallLane, wideLane } from "./layout.js"
import { WordButtons } from "./words.js"

const PER_WORD = 420, LONGEST = 5200 // milliseconds of reading
const eased = (share) => share * share * (3 - 2 * share)
const element = (name, className) => Object.assign(document.createElement(name), { className })

export class RoadView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.time = 0 // words that are read; between two words a fraction
    /** @type {{ lane: RoadLane, place: LanePlace, parts: ReturnType<typeof drawLane> }[]} */
    this.lanes = []
    this.sentence = element("p", "sentence")
    this.sentence.setAttribute("aria-live", "polite")
    this.stage = element("div", "stage")
    this.stage.dataset.picture = ""
    this.inner = element("div", "inner")
    this.canvas = document.createElement("canvas")
    this.picture = svg("svg", { "aria-hidden": "true" })
    this.axis = element("div", "axis")
    this.axis.tabIndex = 0
    this.axis.setAttribute("role", "slider")
    this.axis.setAttribute("aria-valuemin", "0")
    this.words = new WordButtons((lane, word) => this.leaveOut(lane, word), (lane, word) => this.point(lane, word))
    this.play = element("button", "play")
    this.play.onclick = () => (this.frame ? this.stop() : this.read())
    this.inner.append(this.canvas, this.picture, this.axis, this.words.root)
    this.stage.append(this.inner)
    const frame = element("div", "frame")
    frame.append(this.stage, this.play)
    const whole = element("div", "whole")
    whole.append(this.sentence, frame)
    parent.append(styleSheet(), whole)
    this.axis.onkeydown = (event) => this.onKey(event)
    this.axis.onpointerdown = (event) => this.scrub(event)
    this.axis.onpointermove = (event) => event.buttons === 1 && this.scrub(event)
    this.resized = new ResizeObserver(() => this.layOut())
    this.resized.observe(this.stage)
    this.themed = new MutationObserver(() => this.layOut())
    this.themed.observe(document.documentElement, { attributeFilter: ["style", "class", "data-projector"] })
  }

  /**
   * @param {RoadMessage} data
   * @param {PartCall<any>["setStateValue"]} _setStateValue
   * @param {SendLeftOut} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    const before = this.data, name = JSON.stringify(data.lanes.map((lane) => lane.words))
    const isOther = name !== this.name
    this.data = data
    this.name = name
    this.send = setTriggerValue
    writeSentence(this.sentence, data.sentence)
    if (isOther) {
      this.stop()
      this.time = this.last
    }
    this.layOut()
    if (isOther && before && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.read()
  }

  get last() {
    return Math.max(...this.data.lanes.map((lane) => lane.words.length))
  }

  layOut() {
    const { clientWidth: shown, clientHeight } = this.stage
    if (!this.data || !shown) return
    const { lanes, words } = this.data
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize), isNarrow = shown < NARROW
    const room = neededRoom(lanes, rem, isNarrow)
    const width = isNarrow ? shown : Math.max(shown, room)
    this.stage.classList.toggle("narrow", isNarrow)
    this.inner.style.cssText = `width: ${width}px; ${isNarrow ? `height: ${room}px` : ""}`
    const height = isNarrow ? room : Math.max(clientHeight, 1)
    const style = getComputedStyle(this.stage), pen = this.canvas.getContext("2d")
    const measure = (text, size) => {
      pen.font = `${size}px ${style.getPropertyValue("--words")}`
      return pen.measureText(text).width
    }
    const place = isNarrow ? tallLane : wideLane
    const mostLeftOut = Math.max(4, ...lanes.flatMap((lane) => lane.leftOut.map(Math.abs)))
    this.size = { width, height, rem }
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`)
    this.lanes = lanes.map((lane, index) => {
      const found = place(lane, index, lanes.length, { width, height, rem, measure })
      return { lane, place: found, parts: drawLane(lane, found, index, lanes.length, words, mostLeftOut) }
    })
    this.picture.replaceChildren(...this.lanes.map(({ parts }) => parts.group))
    this.words.draw(this.lanes, words)
    this.play.style.cssText = isNarrow ? "" : `top: ${this.lanes[0].place.wordsAt}px`
    this.axis.setAttribute("aria-label", words.axis)
    this.axis.setAttribute("aria-valuemax", String(this.last))
    if (!isNarrow && width > shown) this.stage.scrollLeft = width
    this.paint()
  }

  paint() {
    const { lanes } = this
    const isRead = this.time >= this.last - 0.001
    lanes.forEach(({ lane, place, parts }, index) => {
      const time = Math.min(this.time, lane.words.length), isDone = time >= lane.words.length - 0.001
      const { along, across } = pointAt(place, lane.beliefs, time)
      const reach = isDone ? place.end : along
      for (const [name, value] of Object.entries(place.isTall ? { width: this.size.width, height: reach } : { width: reach, height: this.size.height })) parts.read.setAttribute(name, value)
      const [x, y] = pointOf(place, isDone ? place.end : along, across)
      parts.head.setAttribute("transform", `translate(${x} ${y})`)
      parts.bars.style.opacity = isDone ? "1" : "0"
      this.writeVerdict(lane, place, parts.verdict, isDone ? lane.words.length : Math.round(time), across, isDone, index)
    })
    this.words.light(this.time)
    this.paintStates()
    this.play.textContent = this.frame ? "❚❚" : "▶"
    this.play.setAttribute("aria-label", this.frame ? this.data.words.pause : this.data.words.play)
    const { words } = this.data, at = Math.round(this.time)
    const spoken = lanes.map(({ lane }) => {
      const read = Math.min(at, lane.words.length)
      const { side, share } = answerOf(lane.beliefs[read], lane.three?.after[read], words)
      return `${read ? lane.words[read - 1].shown : words.nothing}: ${lane.three ? `${side} ${share}` : percent(lane.beliefs[read])}`
    })
    this.axis.setAttribute("aria-valuenow", String(at))
    this.axis.setAttribute("aria-valuetext", spoken.join("; "))
    this.stage.classList.toggle("read", isRead)
  }

  writeVerdict(lane, place, group, at, across, isDone, index) {
    const { words } = this.data, belief = lane.beliefs[at]
    const { side, share } = answerOf(belief, lane.three?.after[at], words)
    if (place.isTall) {
      const x = this.size.width / 2 + (this.lanes.length === 1 ? 0 : index ? 8 : -8)
      const anchor = this.lanes.length === 1 ? "middle" : index ? "start" : "end"
      group.replaceChildren(isDone ? svg("text", { x, y: place.end + 46, "text-anchor": anchor, class: "side strong" }, `${side} ${share}`) : svg("g", {}))
      return
    }
    const { rem } = this.size
    const bag = place.level(lane.bag), isNear = Math.abs(across - bag) < 2.9 * rem
    const y = isNear ? (across < bag ? bag - 2.75 * rem : bag + 2.25 * rem) : clamp(across, place.banks[0] + 1.7 * rem, place.banks[1] - 1.6 * rem)
    group.replaceChildren(
      svg("text", { x: place.end + 28, y: y + 2, class: isDone ? "verdict strong" : "verdict" }, side),
      svg("text", { x: place.end + 28, y: y + 1.5 * rem, class: "share" }, words.sure.replace("{share}", share)),
    )
  }

  paintStates() {
    const { width, height } = this.size, ratio = Math.min(2, devicePixelRatio || 1), { canvas } = this
    const isTall = this.lanes[0].place.isTall
    canvas.hidden = isTall
    if (isTall) return
    if (canvas.width !== width * ratio || canvas.height !== height * ratio) Object.assign(canvas, { width: width * ratio, height: height * ratio })
    const pen = canvas.getContext("2d"), style = getComputedStyle(canvas)
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    pen.clearRect(0, 0, width, height)
    const colours = {}
    for (const name of ["positive", "negative", "sunk"]) {
      canvas.style.color = `var(--${name})`
      colours[name] = style.color
    }
    this.lanes.forEach(({ lane, place }) => drawStates(pen, lane, place, colours, this.time))
  }

  to(time) {
    this.time = clamp(time, 0, this.last)
    this.paint()
  }

  read() {
    this.stop()
    const whole = Math.min(PER_WORD * this.last, LONGEST)
    let begun
    const frame = (now) => {
      begun ??= now
      const words = ((now - begun) / whole) * this.last, word = Math.floor(words)
      this.frame = words < this.last ? requestAnimationFrame(frame) : undefined
      this.to(word + eased(clamp((words - word) / 0.75, 0, 1)))
      this.follow()
    }
    this.frame = requestAnimationFrame(frame)
    this.to(0)
  }

  /** A sentence that is longer than the stage moves with what is read. */
  follow() {
    const { place, lane } = this.lanes[0]
    if (!place.isTall) this.stage.scrollLeft = pointAt(place, lane.beliefs, this.time).along - this.stage.clientWidth * 0.7
  }

  stop() {
    cancelAnimationFrame(this.frame)
    this.frame = undefined
  }

  scrub(event) {
    if (this.lanes[0].place.isTall) return
    this.stop()
    const along = event.clientX - this.inner.getBoundingClientRect().left
    const { slots } = this.lanes[0].place
    const word = slots.findIndex(([, to]) => along < to)
    this.to(word < 0 ? this.last : word + clamp((along - slots[word][0]) / (slots[word][1] - slots[word][0]), 0, 1))
  }

  onKey(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key]
    if (by === undefined && event.key !== " ") return
    event.preventDefault()
    event.stopPropagation() // Streamlit has shortcuts of its own
    if (event.key === " ") return this.play.click()
    this.stop()
    this.to(Math.round(this.time) + by)
  }

  /** The pointer or the focus is on a word; null: no longer. */
  point(lane, word) {
    this.lanes.forEach((each, index) => drawGhost(each.parts, each.lane, each.place, index === lane && this.time >= this.last ? word : null, this.data.words))
  }

  leaveOut(lane, word) {
    if (this.data.lanes[lane].words.length > 1) this.send("left_out", { lane, word })
  }

  destroy() {
    this.stop()
    this.resized.disconnect()
    this.themed.disconnect()
    this.parent.replaceChildren()
  }
}
