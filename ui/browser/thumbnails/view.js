// Presets as small pictures: a group of radio buttons, of which each shows its own data.
import { styleSheet } from "../shared/styles.js"
import { isWide, picture } from "./picture.js"

export class ThumbnailsView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.group = document.createElement("div")
    this.group.className = "group"
    this.group.setAttribute("role", "radiogroup")
    this.group.addEventListener("keydown", (event) => this.onKey(event))
    this.group.addEventListener("scroll", () => this.tellMore(), { passive: true })
    this.watchSize = new ResizeObserver(() => this.tellMore())
    this.watchSize.observe(this.group)
    parent.append(styleSheet(), this.group, ...[-1, 1].map((way) => this.arrow(way)))
  }

  /**
   * @param {ThumbnailsMessage} data
   * @param {PartCall<any>["setStateValue"]} _setStateValue
   * @param {SendThumbnail} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    this.send = setTriggerValue
    const options = JSON.stringify(data.options)
    this.group.setAttribute("aria-label", data.label)
    if (options !== this.options) this.build(data.options)
    this.options = options
    this.light(data.chosen)
    this.tellMore()
  }

  /** For a mouse: the keyboard has its arrow keys, and a finger swipes. */
  arrow(way) {
    const arrow = document.createElement("button")
    arrow.type = "button"
    arrow.className = `arrow ${way < 0 ? "before" : "after"}`
    arrow.tabIndex = -1
    arrow.setAttribute("aria-hidden", "true")
    arrow.onclick = () => this.group.scrollBy({ left: 0.7 * way * this.group.clientWidth, behavior: "smooth" })
    return arrow
  }

  /** Where presets lie beyond an end of the row, it fades there. */
  tellMore() {
    const { scrollLeft, scrollWidth, clientWidth } = this.group
    this.group.classList.toggle("more-before", scrollLeft > 4)
    this.group.classList.toggle("more-after", scrollWidth - clientWidth - scrollLeft > 4)
  }

  build(options) {
    this.group.classList.toggle("square", options.every(({ pixels }) => pixels.length && !isWide(pixels)))
    this.group.replaceChildren(
      ...options.map((option) => {
        const button = document.createElement("button")
        button.type = "button"
        button.dataset.name = option.name
        button.setAttribute("role", "radio")
        const label = document.createElement("span")
        label.textContent = option.label
        button.append(picture(option), label)
        button.onclick = () => this.choose(option.name)
        return button
      }),
    )
  }

  choose(name) {
    this.light(name)
    this.send("chosen", name)
  }

  light(chosen) {
    const buttons = /** @type {HTMLElement[]} */ ([...this.group.children])
    const isAny = buttons.some((button) => button.dataset.name === chosen)
    buttons.forEach((button, i) => {
      const isChosen = button.dataset.name === chosen
      button.setAttribute("aria-checked", String(isChosen))
      button.tabIndex = isChosen || (!isAny && i === 0) ? 0 : -1
      if (isChosen && !this.wasShown) this.group.scrollLeft = button.offsetLeft - this.group.clientWidth / 2
    })
    this.wasShown = true
  }

  onKey(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    const buttons = /** @type {HTMLElement[]} */ ([...this.group.children])
    const next = buttons[(buttons.indexOf(event.target) + by + buttons.length) % buttons.length]
    next.focus()
    this.choose(next.dataset.name)
  }

  destroy() {
    this.watchSize.disconnect()
    this.parent.replaceChildren()
  }
}
