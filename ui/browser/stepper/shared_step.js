// The step is shared: with the page's address, so that a copied link opens at it, and with the charts of the same group
// (see ui/browser/plot.py for the messages). The server is not told.
const REST = 350 // milliseconds without a change before the address is written

export class SharedStep {
  constructor(onStep) {
    this.parameter = null
    this.group = null
    this.timer = null
    this.hear = ({ detail }) => {
      if (detail?.group === this.group && Number.isInteger(detail.step)) onStep(detail.step)
    }
    window.addEventListener("unrolled:step", this.hear)
  }

  /** The step that the address asks for, or null. */
  fromAddress() {
    const asked = this.parameter && new URL(window.location.href).searchParams.get(this.parameter)
    return asked && /^\d{1,4}$/.test(asked) ? Number(asked) : null
  }

  /** Before anybody moved: charts that come later find the step here. */
  begin(step) {
    ;(window.unrolledStep ??= {})[this.group] = step
  }

  tell(step) {
    this.begin(step)
    window.dispatchEvent(new CustomEvent("unrolled:step", { detail: { group: this.group, step } }))
    if (!this.parameter) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.writeAddress(step), REST)
  }

  writeAddress(step) {
    const url = new URL(window.location.href)
    if (url.searchParams.get(this.parameter) === String(step)) return
    url.searchParams.set(this.parameter, step)
    window.history.replaceState(window.history.state, "", url)
  }

  stop() {
    clearTimeout(this.timer)
    window.removeEventListener("unrolled:step", this.hear)
  }
}
