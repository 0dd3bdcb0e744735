// A part of the page, and the view that shows it: `export default part(ChartView)` is all that Streamlit needs.
// It calls once per message and per change of theme, always with the same element.
export function part(View) {
  const places = new WeakMap() // element -> the view in it, and how often it was called
  return ({ data, parentElement, setStateValue }) => {
    if (!places.has(parentElement)) places.set(parentElement, { view: new View(parentElement), calls: 0 })
    const place = places.get(parentElement)
    const call = ++place.calls
    place.view.receive(data, setStateValue)
    // When messages come fast, Streamlit runs the cleanup of a call that a later one has overtaken: only the last may act.
    return () => {
      if (place.calls !== call) return
      place.view.destroy()
      places.delete(parentElement)
    }
  }
}
