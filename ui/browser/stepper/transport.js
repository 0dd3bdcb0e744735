// The bar above the diagram: play, step, scrub, speed, direction, and below it the stages.
import { fill, html, setText, svg } from "./dom.js"

export const SPEEDS = [0.5, 1, 2, 4, 8]

const ICONS = {
  play: "M7 4.5v15l13-7.5z",
  pause: "M6 4.5h4.2v15H6zM13.8 4.5H18v15h-4.2z",
  back: "M15.5 5 8.5 12l7 7z M5.2 5h2.1v14H5.2z",
  on: "M8.5 5l7 7-7 7z M16.7 5h2.1v14h-2.1z",
}

function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" }, svg("path", { d: ICONS[name] }))
}

export class Transport {
  /** `act` has play(), step(by), goTo(step), stage(index or null), speed(value), direction(name). */
  constructor(words, act) {
    this.words = words
    this.act = act
    const button = (name, label, run) => html("button", { type: "button", class: `round ${name}`, title: label, "aria-label": label, click: run }, icon(name))
    this.playButton = button("play", words.play, () => act.play())
    this.scrub = html("input", { type: "range", min: 1, step: 1, class: "scrub", "aria-label": words.step, input: () => act.goTo(Number(this.scrub.value)) })
    this.counter = html("output", { class: "counter" })
    this.speed = html(
      "select", { "aria-label": words.speed, title: words.speed, change: () => act.speed(Number(this.speed.value)) },
      SPEEDS.map((value) => html("option", { value, selected: value === 1 }, `${value}×`)),
    )
    this.directions = ["forward", "backward"].map((name) =>
      html("button", { type: "button", "data-direction": name, click: () => act.direction(name) }, words[name]),
    )
    this.turn = html("div", { class: "turn", role: "group", "aria-label": words.direction }, this.directions)
    this.bar = html(
      "div", { class: "transport", role: "group", "aria-label": words.transport },
      html("div", { class: "buttons" }, button("back", words.previous_step, () => act.step(-1)), this.playButton, button("on", words.next_step, () => act.step(1))),
      html("div", { class: "where" }, this.scrub, this.counter),
      this.speed, this.turn,
    )
    this.chips = html("div", { class: "chips", role: "group", "aria-label": words.stages })
    this.sentence = html("p", { class: "sentence" })
    this.stageRow = html("div", { class: "stages" }, this.chips, this.sentence)
  }

  /** The stages of the cells on show; `null` stands for the whole step. */
  setStages(stages) {
    const signature = JSON.stringify(stages)
    if (signature === this.signature) return
    this.signature = signature
    const chip = (label, index) =>
      html("button", { type: "button", class: "chip", "data-stage": index === null ? "all" : stages[index].id, click: () => this.act.stage(index) }, label)
    this.chipButtons = [chip(this.words.whole_step, null), ...stages.map((stage, i) => chip(stage.label, i))]
    stages.forEach(({ counted }, i) => {
      if (counted) this.chipButtons[i + 1].prepend(html("span", { class: "count", "aria-hidden": "true" }, String(i + 1)))
    })
    this.chips.replaceChildren(...this.chipButtons)
  }

  setLength(steps, hasGradients) {
    this.scrub.max = steps
    this.turn.hidden = !hasGradients
  }

  update({ step, steps, stage, sentence, playing, direction, names }) {
    this.scrub.value = step
    this.scrub.style.setProperty("--share", steps > 1 ? (step - 1) / (steps - 1) : 0)
    const name = names?.[step - 1]
    setText(this.counter, fill(this.words.step_of, { step, steps }) + (name ? ` · ${name}` : ""))
    this.scrub.setAttribute("aria-valuetext", this.counter.textContent)
    setText(this.sentence, sentence)
    const pressed = stage === null ? 0 : stage + 1
    this.chipButtons.forEach((chip, i) => chip.setAttribute("aria-pressed", String(i === pressed)))
    if (playing !== this.playing) {
      this.playing = playing
      this.playButton.replaceChildren(icon(playing ? "pause" : "play"))
      this.playButton.setAttribute("aria-label", playing ? this.words.pause : this.words.play)
      this.playButton.title = playing ? this.words.pause : this.words.play
    }
    for (const each of this.directions) each.setAttribute("aria-pressed", String(each.dataset.direction === direction))
  }
}
