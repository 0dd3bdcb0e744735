// The dock below the wave: play, the sentence on what is shown, and waves to try, each with the network's own continuation.
import { make } from "../shared/elements.js"
import { picture } from "../thumbnails/picture.js"

const MORPH = 450 // milliseconds from one wave to another

export class WaveDock {
  constructor(view) {
    this.view = view
    this.root = make("div", "dock")
    this.play = make("button", "play")
    this.play.onclick = () => view.playing.begin()
    this.sentence = make("p", "sentence")
    this.sentence.setAttribute("aria-live", "polite")
    this.presets = make("div", "presets")
    this.presets.setAttribute("role", "group")
    this.root.append(this.play, this.sentence, this.presets)
  }

  write({ words, presets }) {
    this.play.textContent = `▶ ${words.play}`
    this.presets.setAttribute("aria-label", words.presets)
    const shown = JSON.stringify(presets.map(({ label }) => label))
    if (shown !== this.shown) this.presets.replaceChildren(...presets.map((preset) => this.button(preset)))
    this.shown = shown
    this.light(this.view.preset)
  }

  button({ name, label, values }) {
    const { network, data } = this.view
    const run = network.readAndContinue(values, data.ahead).values.map((value) => (value / 1.2 + 1) / 2)
    const button = make("button", "preset")
    button.dataset.name = name
    const read = values.length
    const unknown = new Array(read - 1).fill(NaN)
    const lines = [
      { ink: data.inks.drawn, dash: "solid", values: run.slice(0, read) },
      { ink: data.inks.network, dash: "solid", values: [...unknown, ...run.slice(read - 1)] },
    ]
    const text = make("span", "")
    text.textContent = label
    button.append(picture({ lines: lines.map((line) => padded(line, run.length)), ribbons: [], ribbon_ink: null }), text)
    button.onclick = () => this.choose(name, values)
    return button
  }

  /** From the wave that is shown to this one, in little less than half a second. */
  choose(name, values) {
    const { view } = this
    view.playing.stop()
    view.hint.hidden = true
    view.chosen = null
    this.light(name)
    const from = [...view.wave]
    const isSameLength = from.length === values.length
    if (!isSameLength || matchMedia("(prefers-reduced-motion: reduce)").matches) return this.finish(name, values)
    let begun
    const frame = (now) => {
      begun ??= now
      const share = Math.min(1, (now - begun) / MORPH)
      const eased = 1 - (1 - share) ** 3
      if (share === 1) return this.finish(name, values)
      view.show(from.map((value, t) => value + (values[t] - value) * eased), name)
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  }

  finish(name, values) {
    this.view.show([...values], name)
    this.view.layOut()
    this.view.send()
  }

  light(name) {
    for (const button of /** @type {Iterable<HTMLElement>} */ (this.presets.children)) button.setAttribute("aria-pressed", String(button.dataset.name === name))
  }

  say(sentence) {
    this.sentence.textContent = sentence
  }
}

/** To the same number of points, so that both lines share the axis; NaN is not drawn. */
const padded = ({ values, ...line }, count) => ({ ...line, values: [...values, ...new Array(count - values.length).fill(NaN)] })
