// Sliders that answer while they are dragged. Streamlit's slider tells its value when it is let go, so while a drag goes on
// we let it go and take hold of it again, at the same place, as often as the page has answered the value before.
//
// Where a setting begins a training run, a drag must not: containers whose key starts with `run_settings` are left alone.

import { isAnswered, isIdle } from "./ahead.js"

const SLIDER = '[data-testid="stSlider"]'
const RUNS = '[class*="st-key-run_settings"]'
// Milliseconds:
const PATIENT = 200 // a page that needs longer is given as long again, so that a class does not choke a server
const SLOWLY = 300 // where the pictures come ahead of the page, it is asked now and then for what it says
const LOOK = 100 // after so many it is looked, and LOOKS times, whether a slider stays where it was left
const LOOKS = 6

const middle = ({ left, width }) => left + width / 2
const valuesOf = (slider) => [...slider.querySelectorAll("input")].map((input) => input.value).join()

class Drag {
  constructor(event, slider) {
    this.slider = slider
    const { pointerId, pointerType, isPrimary } = event
    this.pointer = { pointerId, pointerType, isPrimary, bubbles: true, cancelable: true, button: 0 }
    const thumb = event.target.closest('[style*="left:"]') // it alone stands at a share of the track
    this.grip = thumb ? event.clientX - middle(thumb.getBoundingClientRect()) : 0 // where the thumb is held; beside it, it comes to the pointer
    this.told = valuesOf(slider)
    this.sent = null // when a value was told that the page has not answered yet
    this.free = 0 // not before then is another told
    this.watch = requestAnimationFrame(() => this.look())
  }

  look() {
    this.watch = requestAnimationFrame(() => this.look())
    if (!isIdle()) return
    const now = performance.now()
    if (this.sent !== null) {
      const took = now - this.sent
      this.free = now + (isAnswered(this.slider) ? Math.max(SLOWLY, 3 * took) : took > PATIENT ? took : 0)
      this.sent = null
    }
    if (now >= this.free && valuesOf(this.slider) !== this.told) this.tell(now)
  }

  tell(now) {
    const thumb = this.slider.querySelector("[data-dragging]")
    if (!thumb) return
    this.told = valuesOf(this.slider)
    this.sent = now
    this.touch(thumb, "pointerup", 0)
    this.touch(thumb, "pointerdown", 0)
  }

  /** As if the pointer were where it holds the thumb, or so far beside it. */
  touch(thumb, kind, aside) {
    const { top, height, ...across } = thumb.getBoundingClientRect().toJSON()
    const place = { clientX: middle(across) + this.grip + aside, clientY: top + height / 2 }
    thumb.dispatchEvent(new PointerEvent(kind, { ...this.pointer, ...place, buttons: kind === "pointerup" ? 0 : 1 }))
  }

  end() {
    cancelAnimationFrame(this.watch)
    clearTimeout(this.watchLeft)
  }

  /** Let go. In one of twenty drags Streamlit goes back to the value that was told before the last: then the thumb is moved once more. */
  release() {
    this.end()
    const thumb = this.slider.querySelector("[data-dragging]")
    if (!thumb) return
    const [values, place] = [valuesOf(this.slider), middle(thumb.getBoundingClientRect())]
    let looks = 0
    const check = () => {
      if (!thumb.isConnected) return
      if (valuesOf(this.slider) !== values) this.moveBy(thumb, place - middle(thumb.getBoundingClientRect()))
      else if (++looks < LOOKS) this.watchLeft = setTimeout(check, LOOK)
    }
    this.watchLeft = setTimeout(check, LOOK)
  }

  moveBy(thumb, distance) {
    this.touch(thumb, "pointerdown", 0)
    this.touch(thumb, "pointermove", distance)
    this.touch(thumb, "pointerup", 0)
  }
}

let drag = null

addEventListener("pointerdown", (event) => {
  if (!event.isTrusted) return
  drag?.end()
  const slider = event.isPrimary && event.target.closest?.(SLIDER)
  drag = slider && !slider.closest(RUNS) ? new Drag(event, slider) : null
}, true)

addEventListener("keydown", ({ isTrusted }) => isTrusted && drag?.end(), true)

for (const over of ["pointerup", "pointercancel"]) {
  addEventListener(over, (event) => event.isTrusted && event.pointerId === drag?.pointer.pointerId && drag.release(), true)
}
