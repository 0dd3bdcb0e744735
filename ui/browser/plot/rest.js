// Something to do after a pause, and then not before the browser has nothing better to do.
const LONGEST = 2000 // milliseconds that a busy browser may put it off

export class Rest {
  constructor(pause, act) {
    this.timer = setTimeout(() => {
      if (window.requestIdleCallback) this.idle = requestIdleCallback(act, { timeout: LONGEST })
      else this.timer = setTimeout(act, 200) // Safari
    }, pause)
  }

  end() {
    clearTimeout(this.timer)
    if (this.idle) cancelIdleCallback(this.idle)
  }
}
