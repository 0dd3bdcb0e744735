// The text, the list of what could come, and the buttons. Everything typed or learned is set as text, never as HTML.
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"

const MILLISECONDS = 90 // a character, while it plays

const make = (tag, className, parent, text = "") => {
  const node = document.createElement(tag)
  node.className = className
  node.textContent = text
  parent?.append(node)
  return node
}

const UNKNOWN = "\uFFFD"

const ICONS = {
  first: "M6 5v14M19 5 9 12l10 7z",
  play: "M7 4l13 8-13 8z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  next: "M6 5l10 7-10 7zM18 5v14",
  last: "M4 5l7 7-7 7zM12 5l7 7-7 7z",
  free: "M5 9h9a5 5 0 0 1 0 10H9M5 9l5-5M5 9l5 5",
}

/** A picture drawn by us: the signs for it are missing in many fonts. */
function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("class", name)
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path")
  path.setAttribute("d", ICONS[name])
  svg.append(path)
  return svg
}

export class WriterView {
  constructor(root) {
    this.root = root
    this.at = 0
    const board = make("div", "board")
    const left = make("div", "left", board)
    this.text = make("div", "text", left)
    this.text.tabIndex = 0
    this.text.setAttribute("role", "group")
    this.text.onkeydown = (event) => this.key(event)
    this.text.onclick = (event) => this.press(event)
    const foot = make("div", "foot", left)
    this.buttons = {}
    for (const [name, act] of [
      ["first", () => this.go(0)],
      ["play", () => (this.timer ? this.pause() : this.play())],
      ["next", () => this.go(this.at + 1)],
      ["last", () => this.go(Infinity)],
      ["free", () => this.tell("forced", { name: this.data.name, places: {} })],
    ]) {
      this.buttons[name] = make("button", name, foot)
      this.buttons[name].append(icon(name))
      this.buttons[name].onclick = act
    }
    this.place = make("span", "place", foot)
    const right = make("div", "right", board)
    this.ask = make("div", "ask", right)
    this.bars = make("div", "bars", right)
    this.rest = make("div", "rest", right)
    root.append(styleSheet(), board)
  }

  destroy() {
    this.pause()
    this.root.replaceChildren()
  }

  receive(data, tell) {
    const before = this.data
    this.data = data
    this.tell = tell
    const dark = isDark(backgroundOf(this.text))
    for (const [name, pair] of Object.entries(data.inks)) this.root.host?.style.setProperty(`--ink-${name}`, pair[dark ? 1 : 0])
    this.text.setAttribute("aria-label", data.words.text)
    for (const [name, button] of Object.entries(this.buttons)) button.title = button.ariaLabel = data.words[name]
    const written = data.choices.map((choice) => choice[0]).join("")
    const changed = !before || before.name !== data.name || written !== this.written
    const same = before && before.name === data.name ? shared(written, this.written) : 0
    this.written = written
    if (changed) {
      this.lay()
      if (data.atOnce) this.go(Infinity)
      else {
        this.go(Math.min(same, data.choices.length - 1), false)
        this.play()
      }
    } else this.show()
  }

  /** The characters as places of a page: those to come are there and unseen, so that nothing moves. */
  lay() {
    this.pause()
    this.text.replaceChildren()
    make("span", "given", this.text, this.data.given)
    this.letters = this.data.choices.map(([character, , , , forced], at) => {
      const letter = make("span", forced ? "letter forced" : "letter", this.text, character === "\n" ? "↵\n" : character)
      letter.dataset.at = at
      return letter
    })
    this.buttons.free.hidden = !this.data.choices.some((choice) => choice[4])
  }

  go(at, byHand = true) {
    if (byHand) this.pause()
    this.at = Math.max(0, Math.min(at, this.data.choices.length - 1))
    this.show()
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
      const choice = this.data.choices[at]
      letter.style.setProperty("--doubt", `${Math.round(50 * (1 - sure(choice)))}%`)
    })
    this.showList()
    const box = this.letters[this.at]
    if (box && (box.offsetTop + box.offsetHeight > this.text.scrollTop + this.text.clientHeight || box.offsetTop < this.text.scrollTop)) {
      this.text.scrollTop = box.offsetTop - this.text.clientHeight / 2
    }
  }

  showList() {
    const { words, choices } = this.data
    const choice = choices[this.at]
    if (!choice) return
    const [character, options, said, used, forced] = choice
    const bits = -Math.log2(Math.max(sure(choice), 1e-9))
    const place = words.place.replace("{n}", this.at + 1).replace("{count}", choices.length).replace("{bits}", bits.toFixed(1))
    this.place.textContent = forced ? `${place} · ${words.forced}` : place
    this.ask.textContent = words.ask
    const rows = Array.from(options).map((option, row) => {
      const bar = make("button", option === character ? "bar is" : "bar")
      const name = this.name(option)
      make("span", "sign", bar, name)
      const room = make("span", "room", bar)
      make("span", "said", room).style.width = `${said[row] / 100}%`
      make("span", "used", room).style.width = `${used[row] / 100}%`
      make("span", "share", bar, percent(said[row]))
      bar.ariaLabel = `${name} ${percent(said[row])}`
      bar.onclick = () => this.force(option)
      bar.disabled = option === UNKNOWN // a symbol for many characters cannot be written
      return bar
    })
    this.bars.replaceChildren(...rows)
    const rest = 10000 - said.reduce((sum, part) => sum + part, 0)
    this.rest.textContent = `${words.rest.replace("{share}", percent(Math.max(0, rest)))} · ${words.legend}`
  }

  name(character) {
    if (character === " ") return `␣ ${this.data.words.space}`
    if (character === "\n") return `↵ ${this.data.words.line}`
    return character === UNKNOWN ? this.data.words.unknown : character
  }

  /** What was chosen by hand before this place stays; what came after it is written anew. */
  force(character) {
    this.pause()
    const earlier = this.data.choices.slice(0, this.at).flatMap((choice, at) => (choice[4] ? [[at, choice[0]]] : []))
    this.tell("forced", { name: this.data.name, places: Object.fromEntries([...earlier, [this.at, character]]) })
  }

  press(event) {
    const at = event.target.dataset?.at
    if (at !== undefined) this.go(Number(at))
  }

  key(event) {
    const to = { ArrowRight: this.at + 1, ArrowLeft: this.at - 1, Home: 0, End: Infinity }[event.key]
    if (to === undefined && event.key !== " ") return
    event.stopPropagation() // Streamlit has shortcuts of its own
    event.preventDefault()
    if (to === undefined) this.buttons.play.onclick()
    else this.go(to)
  }
}

const sure = ([character, options, said]) => said[Array.from(options).indexOf(character)] / 10000

const percent = (parts) => (parts >= 1000 ? `${Math.round(parts / 100)}%` : parts ? `${(parts / 100).toFixed(1)}%` : "0%")

/** How many characters two texts share at their beginning. */
function shared(one, other = "") {
  let count = 0
  while (count < one.length && one[count] === other[count]) count += 1
  return count
}
