// The clock of playing: calls `tick` so many times a second, on the browser's own frames, while it runs.
export class Player {
  constructor(tick) {
    this.tick = tick
    this.rate = 1
    this.frame = null
  }

  get playing() {
    return this.frame !== null
  }

  start() {
    if (this.playing) return
    let last = null
    let due = 0
    const onFrame = (now) => {
      this.frame = requestAnimationFrame(onFrame)
      // A tab that slept for long takes one step when it wakes, not a hundred.
      due += last === null ? 0 : Math.min((now - last) / 1000, 0.5) * this.rate
      last = now
      if (due >= 1) {
        const steps = Math.floor(due)
        due -= steps
        this.tick(steps)
      }
    }
    this.frame = requestAnimationFrame(onFrame)
  }

  stop() {
    if (this.frame !== null) cancelAnimationFrame(this.frame)
    this.frame = null
  }
}
