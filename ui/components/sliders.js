// Sliders that answer while they are dragged. Streamlit's slider tells its value when it is let go, so while a drag goes on
// we let it go and take hold of it again, at the same place, as often as the page has answered the value before.
//
// Where a setting begins a training run, a drag must not: containers whose key starts with `run_settings` are left alone.

import { isAnswered } from "./ahead.js"

const SLIDER = '[data-testid="stSlider"]'
const RUNS = '[class*="st-key-run_settings"]'
const PATIENT = 200 // milliseconds; a page that needs longer is given as long again, so that a class does not choke a server

const SLOWLY = 300 // milliseconds; where the pictures come ahead of the page, it need not be asked at once

const isIdle = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
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
      this.free = now + (isAnswered(this.slider) ? SLOWLY : took > PATIENT ? took : 0)
      this.sent = null
    }
    if (now >= this.free && valuesOf(this.slider) !== this.told) this.tell(now)
  }

  tell(now) {
    const thumb = this.slider.querySelector("[data-dragging]")
    if (!thumb) return
    this.told = valuesOf(this.slider)
    this.sent = now
    const { top, height, ...across } = thumb.getBoundingClientRect().toJSON()
    const place = { ...this.pointer, clientX: middle(across) + this.grip, clientY: top + height / 2 }
    thumb.dispatchEvent(new PointerEvent("pointerup", place))
    thumb.dispatchEvent(new PointerEvent("pointerdown", { ...place, buttons: 1 }))
  }

  end() {
    cancelAnimationFrame(this.watch)
  }
}

let drag = null

addEventListener("pointerdown", (event) => {
  const slider = event.isTrusted && event.isPrimary && event.target.closest?.(SLIDER)
  if (!slider || slider.closest(RUNS)) return
  drag?.end()
  drag = new Drag(event, slider)
}, true)

for (const over of ["pointerup", "pointercancel"]) {
  addEventListener(over, (event) => {
    if (!event.isTrusted || event.pointerId !== drag?.pointer.pointerId) return
    drag.end()
    drag = null
  }, true)
}
