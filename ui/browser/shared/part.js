// A part of the page, and the view that shows it: `export default part(ChartView)` is all that Streamlit needs.
// It calls once per message and per change of theme, always with the same element.
import { forgetPlace, receiveInTurn } from "../shared/dials.js"

const parts = (window.unrolledParts ??= new Map()) // by their keys: those that are drawn before the page does

/**
 * @template Message
 * @param {new (parent: any) => PartView<Message>} View
 */
export function part(View) {
  /** @type {WeakMap<object, PartPlace>} */
  const places = new WeakMap() // element -> the view in it, its data, and how often it was called
  /** @param {PartCall<Message & PreviewedMessage & LiveMessage>} call */
  return ({ data, parentElement, setStateValue }) => {
    const isNew = !places.has(parentElement)
    if (isNew) places.set(parentElement, { view: new View(parentElement), calls: 0 })
    const place = places.get(parentElement)
    const call = ++place.calls
    place.data = data
    place.receive = (shown) => place.view.receive(shown, setStateValue)
    if (data.ahead || data.live) parts.set(data.key, place)
    if (isNew || !window.unrolledKeepsPreview?.(place)) receiveInTurn(place, isNew)
    // When messages come fast, Streamlit runs the cleanup of a call that a later one has overtaken: only the last may act.
    return () => {
      if (place.calls !== call) return
      forgetPlace(place)
      if (parts.get(data.key) === place) parts.delete(data.key)
      place.view.destroy()
      places.delete(parentElement)
    }
  }
}
