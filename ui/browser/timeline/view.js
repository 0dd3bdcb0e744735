// A line in time: years to scale with the names above them, and below them the events in words. A name leads to its event.
import { isPlainClick, make } from "../shared/elements.js"
import { styleSheet } from "../shared/styles.js"
import { placed } from "./rows.js"

const SVG = "http://www.w3.org/2000/svg"
const ROW = 26 // pixels between the rows of names
const FOOT = 34 // below the line, for the years
const DECADE = 10
const LETTER = 7.6 // pixels: a letter at 14 pixels; a Chinese character is about twice as wide

export class TimelineView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.line = document.createElement("div")
    this.line.className = "line"
    this.list = document.createElement("ol")
    parent.append(styleSheet(), this.line, this.list)
    this.resize = new ResizeObserver(([{ contentRect }]) => this.draw(contentRect.width))
    this.resize.observe(this.line)
  }

  /**
   * @param {TimelineMessage} data
   * @param {(name: "event", value: number) => void} _setStateValue
   * @param {(name: "event", value: number) => void} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    this.data = data
    this.list.setAttribute("aria-label", data.title)
    this.entries = data.events.map((event, at) => this.entry(event, () => setTriggerValue("event", at), at))
    this.list.replaceChildren(...this.entries)
    this.draw(this.line.clientWidth)
  }

  entry({ year, name, idea, reference, link, place }, open, at) {
    const { words, language, events } = this.data
    const item = make("li", "")
    const gap = at ? year - events[at - 1].year : 0
    item.style.setProperty("--years", String(gap))
    if (!gap && at) item.classList.add("same")
    const head = make("h3", "", name)
    head.tabIndex = -1
    const address = new URL(link, document.baseURI)
    if (new URLSearchParams(location.search).get("lang")) address.searchParams.set("lang", language)
    const play = /** @type {HTMLAnchorElement} */ (make("a", "", words.play.replace("{page}", place)))
    play.href = address.href
    play.onclick = (event) => {
      if (!isPlainClick(event)) return
      event.preventDefault()
      open()
    }
    const text = make("div", "text")
    text.append(head, make("p", "", idea), make("p", "reference", reference), play)
    item.append(make("b", "year", String(year)), text)
    return item
  }

  /** The line with its names; narrow screens have the list alone. */
  draw(width) {
    if (!this.data || !width) return
    const { events } = this.data
    const first = events[0].year - 1, last = events[events.length - 1].year + 1
    const x = (year) => 16 + ((year - first) / (last - first)) * (width - 32)
    const names = placed(events.map(({ year, name }) => ({ x: x(year), width: 18 + [...name].reduce((sum, letter) => sum + LETTER * (letter > "⺀" ? 1.9 : 1), 0) })), width)
    const height = Math.max(...names.map(({ row }) => row)) * ROW + ROW + 12
    const svg = shape("svg", { width, height: height + FOOT, role: "group", "aria-label": this.data.title })
    svg.append(shape("path", { d: `M0 ${height}H${width}`, class: "axis" }))
    for (let year = Math.ceil(first / DECADE) * DECADE; year <= last; year += DECADE) {
      const label = shape("text", { x: x(year), y: height + 24, class: "tick" })
      label.textContent = String(year)
      svg.append(shape("path", { d: `M${x(year)} ${height}v6`, class: "axis" }), label)
    }
    events.forEach((event, at) => {
      const { left, row } = names[at]
      const y = height - 18 - row * ROW
      const isBefore = left < x(event.year) - 1
      const name = shape("text", { x: x(event.year) + (isBefore ? -8 : 8), y: y + 5, class: isBefore ? "name before" : "name" })
      name.textContent = event.name
      const group = shape("g", { tabindex: 0, role: "link", "aria-label": `${event.year} ${event.name}` })
      group.append(shape("path", { d: `M${x(event.year)} ${height}V${y}`, class: "stem" }), shape("circle", { cx: x(event.year), cy: y, r: 4.5 }), name)
      const go = () => this.goTo(at)
      group.addEventListener("click", go)
      group.addEventListener("keydown", ({ key }) => key === "Enter" && go())
      svg.append(group)
    })
    this.line.replaceChildren(svg)
  }

  goTo(at) {
    const head = /** @type {HTMLElement} */ (this.entries[at].querySelector("h3"))
    head.focus({ preventScroll: true })
    head.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" })
  }

  destroy() {
    this.resize.disconnect()
    this.parent.replaceChildren()
  }
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  return made
}
