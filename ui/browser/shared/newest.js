// A value that the visitor changes faster than the page answers. Changes have numbers, and the page says which one it has taken: an answer
// to an earlier change takes nothing away from a later one.

const PATIENCE = 3000 // milliseconds; a change that is older and was not taken is sent again

export class Newest {
  /** @param {(value: any, number: number) => void} send */
  constructor(send) {
    this.send = send
    /** @type {any} */
    this.value = null
    this.number = 0
    this.sentAt = 0
  }

  /** What the page has; returns whether that is the visitor's last change. @param {any} value @param {number} taken */
  receive(value, taken) {
    if (taken >= this.number) {
      this.value = value
      this.number = taken
      return true
    }
    if (performance.now() - this.sentAt > PATIENCE) this.sendNow()
    return false
  }

  /** The visitor has changed it. @param {any} value */
  change(value) {
    this.value = value
    this.number += 1
    this.sendNow()
  }

  sendNow() {
    this.sentAt = performance.now()
    this.send(this.value, this.number)
  }
}
