// One field on the page. Streamlit calls this once per message and per change of theme, always with the same element.
import { PaintView } from "./view.js"

const views = new WeakMap()

export default function ({ data, parentElement, setStateValue }) {
  let view = views.get(parentElement)
  if (!view) {
    view = new PaintView(parentElement, new URL("./paint.css", import.meta.url).href)
    views.set(parentElement, view)
  }
  const call = view.receive(data, setStateValue)
  // When messages come fast, Streamlit runs the cleanup of a call that a later one has overtaken: only the last may act.
  return () => {
    if (view.lastCall !== call) return
    view.destroy()
    views.delete(parentElement)
  }
}
