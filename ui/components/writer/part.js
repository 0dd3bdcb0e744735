// One text that is being written. Streamlit calls this once per message and per change of theme, always with the same element.
import { WriterView } from "./view.js"

const views = new WeakMap()

export default function ({ data, parentElement, setStateValue }) {
  let view = views.get(parentElement)
  if (!view) {
    view = new WriterView(parentElement, new URL("./writer.css", import.meta.url).href)
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
