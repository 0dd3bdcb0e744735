// Calls a function after a pause, as soon as the browser is idle.
const LONGEST = 2000 // milliseconds that a busy browser may delay the call

export class IdleCall {
  /**
   * @param {number} pause milliseconds
   * @param {() => void} act
   */
  constructor(pause, act) {
    this.timer = setTimeout(() => {
      if (window.requestIdleCallback) this.idle = requestIdleCallback(act, { timeout: LONGEST })
      else this.timer = setTimeout(act, 200) // Safari
    }, pause)
  }

  cancel() {
    clearTimeout(this.timer)
    if (this.idle) cancelIdleCallback(this.idle)
  }
}
