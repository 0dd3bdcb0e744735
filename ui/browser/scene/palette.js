// The palette: forms to drag into the scene, colours and sizes, and buttons to remove.
import { html, svg } from "../stepper/dom.js"
import { drawShape } from "./shapes.js"

export class Palette {
  /** @param {{ dragNew: (event: PointerEvent, form: string) => void, change: () => void, remove: () => void, clear: () => void }} listener */
  constructor(listener) {
    this.listener = listener
    this.kind = { form: "c", colour: "r", size: "l" }
    this.root = html("div", { class: "palette" })
    this.groups = { form: this.group(), colour: this.group(), size: this.group() }
    this.removeButton = /** @type {HTMLButtonElement} */ (html("button", { class: "plain" }))
    this.removeButton.onclick = () => listener.remove()
    this.clearButton = html("button", { class: "plain" })
    this.clearButton.onclick = () => listener.clear()
    this.root.append(this.removeButton, this.clearButton)
  }

  group() {
    const made = html("div", { class: "group" })
    made.setAttribute("role", "radiogroup")
    this.root.append(made)
    return made
  }

  /** @param {SceneMessage} data @param {{ form: string, colour: string, size: string } | undefined} selected */
  receive(data, selected) {
    this.data = data
    if (selected) this.kind = { form: selected.form, colour: selected.colour, size: selected.size }
    this.removeButton.textContent = data.words.remove
    this.removeButton.disabled = !selected
    this.clearButton.textContent = data.words.clear
    this.fill("form", data.forms, data.words.forms)
    this.fill("colour", data.colours, data.words.colours)
    this.fill("size", data.sizes, data.words.sizes)
  }

  /** @param {"form" | "colour" | "size"} which @param {{ letter: string, label: string }[]} options @param {string} label */
  fill(which, options, label) {
    const group = this.groups[which]
    group.setAttribute("aria-label", label)
    while (group.children.length < options.length) group.append(this.button(which))
    options.forEach(({ letter, label: name }, at) => {
      const button = /** @type {HTMLButtonElement} */ (group.children[at])
      button.dataset.letter = letter
      button.title = name
      button.setAttribute("aria-label", name)
      button.setAttribute("aria-checked", String(this.kind[which] === letter))
      button.replaceChildren(this.picture({ ...this.kind, [which]: letter }))
    })
  }

  /** @param {"form" | "colour" | "size"} which */
  button(which) {
    const button = /** @type {HTMLButtonElement} */ (html("button", { class: which }))
    button.type = "button"
    button.setAttribute("role", "radio")
    button.onclick = () => {
      this.kind = { ...this.kind, [which]: button.dataset.letter }
      this.listener.change()
    }
    if (which === "form") button.onpointerdown = (event) => this.listener.dragNew(event, button.dataset.letter)
    return button
  }

  /** @param {{ form: string, colour: string, size: string }} kind */
  picture(kind) {
    const half = this.data.cell / 2
    return svg("svg", { viewBox: `0 0 ${2 * half} ${2 * half}`, "aria-hidden": "true" }, drawShape(kind, [half, half], this.data))
  }
}
