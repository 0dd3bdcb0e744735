// The step is shared with the charts of the same group (see ui/browser/plot.py for the messages). The server is not told.

export class SharedStep {
  constructor(onStep) {
    this.group = null
    this.hear = ({ detail }) => {
      if (detail?.group === this.group && Number.isInteger(detail.step)) onStep(detail.step)
    }
    window.addEventListener("unrolled:step", this.hear)
  }

  /** Before anybody moved: charts that come later find the step here. */
  begin(step) {
    ;(window.unrolledStep ??= {})[this.group] = step
  }

  tell(step) {
    this.begin(step)
    window.dispatchEvent(new CustomEvent("unrolled:step", { detail: { group: this.group, step } }))
  }

  stop() {
    window.removeEventListener("unrolled:step", this.hear)
  }
}
