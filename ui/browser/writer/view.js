// The text, the options at one of its characters, and the buttons. All texts are set as text, not as HTML.
import { writeSentence } from "../shared/sentence.js"
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"
import { icon } from "./icons.js"
import { UnitRows } from "./units.js"

const MILLISECONDS = 90 // for one character while the text plays

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {Element} [parent]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
const make = (tag, className, parent, text = "") => {
  const node = document.createElement(tag)
  node.className = className
  node.textContent = text
  parent?.append(node)
  return node
}

const UNKNOWN = "\uFFFD" // one symbol for all characters that the network does not know

export class WriterView {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.root = root
    this.at = 0
    this.sentence = make("p", "sentence")
    const board = make("div", "board")
    board.dataset.picture = ""
    const left = make("div", "left", board)
    this.text = make("div", "text", left)
    this.text.tabIndex = 0
    this.text.setAttribute("role", "group")
    this.text.onkeydown = (event) => this.pressKey(event)
    this.text.onclick = (event) => this.press(event)
    this.units = new UnitRows((at) => this.go(at), () => this.show())
    left.append(this.units.root)
    const foot = make("div", "foot", left)
    this.buttons = {
      first: button("first", () => this.go(0), foot),
      play: button("play", () => this.playOrPause(), foot),
      next: button("next", () => this.go(this.at + 1), foot),
      last: button("last", () => this.go(Infinity), foot),
      free: button("free", () => this.send({}), foot),
    }
    this.place = make("span", "place", foot)
    const right = make("div", "right", board)
    this.ask = make("div", "ask", right)
    this.bars = make("div", "bars", right)
    this.rest = make("div", "rest", right)
    const whole = make("div", "whole")
    whole.append(this.sentence, board)
    root.append(styleSheet(), whole)
  }

  destroy() {
    this.pause()
    this.units.destroy()
    this.root.replaceChildren()
  }

  /**
   * @param {WriterMessage} data
   * @param {SendChoices} setStateValue
   */
  receive(data, setStateValue) {
    const before = this.data
    this.data = data
    this.setStateValue = setStateValue
    const dark = isDark(backgroundOf(this.text))
    for (const [name, pair] of Object.entries(data.inks)) /** @type {HTMLElement} */ (this.root.host).style.setProperty(`--ink-${name}`, pair[dark ? 1 : 0])
    this.text.setAttribute("aria-label", data.words.text)
    for (const [name, button] of Object.entries(this.buttons)) button.title = button.ariaLabel = data.words[name]
    writeSentence(this.sentence, data.sentence)
    this.text.classList.toggle("code", data.isCode)
    this.text.classList.toggle("pieces", data.inPieces)
    this.units.receive(data)
    const written = data.choices.map((choice) => choice[0]).join("")
    const isSameText = before?.name === data.name
    const unchanged = isSameText ? lengthOfCommonStart(written, this.written) : 0
    const changed = !isSameText || written !== this.written
    this.written = written
    if (changed) {
      this.layOut()
      if (data.atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches) this.go(Infinity)
      else {
        this.go(Math.min(unchanged, data.choices.length - 1), false)
        this.play()
      }
    } else this.show()
  }

  /** All characters, those that come later unseen, so that nothing moves while the text plays. */
  layOut() {
    this.pause()
    this.text.replaceChildren()
    make("span", "given", this.text, this.data.given)
    this.letters = this.data.choices.map(([character, , , , forced], at) => {
      const letter = make("span", forced ? "letter forced" : "letter", this.text, character.replaceAll("\n", "↵\n"))
      letter.dataset.at = String(at)
      return letter
    })
    this.buttons.free.hidden = !this.data.choices.some((choice) => choice[4])
  }

  /**
   * @param {number} at
   * @param {boolean} [pauses]
   */
  go(at, pauses = true) {
    if (pauses) this.pause()
    this.at = Math.max(0, Math.min(at, this.data.choices.length - 1))
    this.show()
  }

  playOrPause() {
    if (this.timer) this.pause()
    else this.play()
  }

  play() {
    this.pause()
    if (this.at >= this.data.choices.length - 1) this.at = 0
    this.timer = setInterval(() => {
      if (this.at >= this.data.choices.length - 1) return this.pause()
      this.at += 1
      this.show()
    }, MILLISECONDS)
    this.show()
  }

  pause() {
    clearInterval(this.timer)
    this.timer = undefined
    if (this.data) this.showPlay()
  }

  showPlay() {
    const name = this.timer ? "pause" : "play"
    this.buttons.play.replaceChildren(icon(name))
    this.buttons.play.title = this.buttons.play.ariaLabel = this.data.words[name]
  }

  show() {
    this.showPlay()
    this.letters.forEach((letter, at) => {
      letter.classList.toggle("later", at > this.at)
      letter.classList.toggle("at", at === this.at)
      const value = this.units.valueAt(at)
      const colour = value === null ? "var(--ink-candidate)" : value > 0 ? "var(--positive)" : "var(--negative)"
      const share = value === null ? 0.5 * (1 - probabilityOf(this.data.choices[at])) : (0.55 * Math.abs(value)) / 100
      letter.style.background = `color-mix(in srgb, ${colour} ${Math.round(100 * share)}%, transparent)`
    })
    this.showList()
    this.units.show(this.at)
    const box = this.letters[this.at]
    if (box && (box.offsetTop + box.offsetHeight > this.text.scrollTop + this.text.clientHeight || box.offsetTop < this.text.scrollTop)) {
      this.text.scrollTop = box.offsetTop - this.text.clientHeight / 2
    }
  }

  showList() {
    const { words, choices } = this.data
    const choice = choices[this.at]
    if (!choice) return
    const [character, options, predicted, used, forced] = choice
    const bits = -Math.log2(Math.max(probabilityOf(choice), 1e-9))
    const place = words.place.replace("{n}", String(this.at + 1)).replace("{count}", String(choices.length)).replace("{bits}", bits.toFixed(1))
    this.place.textContent = forced ? `${place} · ${words.forced}` : place
    this.ask.textContent = words.ask
    const rows = options.map((option, row) => {
      const bar = make("button", option === character ? "bar is" : "bar")
      const name = this.name(option)
      make("span", "sign", bar, name)
      const room = make("span", "room", bar)
      make("span", "said", room).style.width = `${predicted[row] / 100}%`
      make("span", "used", room).style.width = `${used[row] / 100}%`
      make("span", "share", bar, percent(predicted[row]))
      bar.ariaLabel = `${name} ${percent(predicted[row])}`
      bar.onclick = () => this.force(option)
      bar.disabled = option === UNKNOWN // a symbol for many characters cannot be written
      return bar
    })
    this.bars.replaceChildren(...rows)
    const rest = WHOLE - predicted.reduce((sum, part) => sum + part, 0)
    this.rest.textContent = `${words.rest.replace("{share}", percent(Math.max(0, rest)))} · ${words.legend}`
  }

  /** @param {string} character */
  name(character) {
    if (character === " ") return `␣ ${this.data.words.space}`
    if (character === "\n") return `↵ ${this.data.words.line}`
    return character === UNKNOWN ? this.data.words.unknown : character.replaceAll(" ", "␣").replaceAll("\n", "↵")
  }

  /**
   * The reader's choices before this place stay; the network writes all that follows anew.
   * @param {string} character
   */
  force(character) {
    this.pause()
    const earlier = this.data.choices.slice(0, this.at).flatMap((choice, at) => (choice[4] ? [[at, choice[0]]] : []))
    this.send(Object.fromEntries([...earlier, [this.at, character]]))
  }

  /** @param {Record<string, string>} places */
  send(places) {
    this.setStateValue("forced", { name: this.data.name, places })
  }

  /** @param {MouseEvent} event */
  press({ target }) {
    const { at } = /** @type {HTMLElement} */ (target).dataset
    if (at !== undefined) this.go(Number(at))
  }

  /** @param {KeyboardEvent} event */
  pressKey(event) {
    const to = { ArrowRight: this.at + 1, ArrowLeft: this.at - 1, Home: 0, End: Infinity }[event.key]
    if (to === undefined && event.key !== " ") return
    event.stopPropagation() // Streamlit has shortcuts of its own
    event.preventDefault()
    if (to === undefined) this.playOrPause()
    else this.go(to)
  }
}

/**
 * @param {WriterIcon} name
 * @param {() => void} act
 * @param {Element} parent
 */
function button(name, act, parent) {
  const made = make("button", name, parent)
  made.append(icon(name))
  made.onclick = act
  return made
}

const WHOLE = 10_000 // probability 1

/** @param {WrittenCharacter} choice */
const probabilityOf = ([character, options, predicted]) => predicted[options.indexOf(character)] / WHOLE

/** @param {number} parts */
const percent = (parts) => (parts >= 1000 ? `${Math.round(parts / 100)}%` : parts ? `${(parts / 100).toFixed(1)}%` : "0%")

/**
 * @param {string} one
 * @param {string} other
 */
function lengthOfCommonStart(one, other) {
  let count = 0
  while (count < one.length && one[count] === other[count]) count += 1
  return count
}
