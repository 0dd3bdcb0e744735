// The bar of solved exercises.
import { styleSheet } from "../shared/styles.js"
import { keepProgress, keptProgress } from "./kept.js"

export class SolvedView {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.root = root
    this.words = document.createElement("span")
    this.bar = document.createElement("progress")
    root.append(styleSheet(), this.words, this.bar)
  }

  destroy() {
    this.root.replaceChildren()
  }

  /**
   * @param {SolvedMessage} data
   * @param {SendSolved} setStateValue
   */
  receive(data, setStateValue) {
    const isForgotten = this.forget !== undefined && data.forget > this.forget
    this.forget = data.forget
    const solved = isForgotten ? data.solved : { ...keptProgress(), ...data.solved }
    keepProgress(solved)
    if (Object.keys(solved).some((name) => !(name in data.solved)) && !this.hasSent) {
      this.hasSent = true
      setStateValue("kept", { forget: data.forget, solved })
    }
    this.words.textContent = data.words.solved.replace("{solved}", String(data.number)).replace("{count}", String(data.count))
    this.bar.max = data.count
    this.bar.value = data.number
    this.bar.setAttribute("aria-label", this.words.textContent)
  }
}
