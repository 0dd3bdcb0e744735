// A part of the page, and the view that shows it: `export default part(ChartView)` is all that Streamlit needs.
// It calls once per message and per change of theme, always with the same element.
import { forgetPlace, receiveInTurn } from "../shared/dials.js"

const parts = (window.unrolledParts ??= new Map()) // by their keys: those that are drawn before the page does
const shownParts = (window.unrolledShown ??= new Map()) // by their elements: all parts of the page, for a lesson's file

/**
 * @template Message
 * @param {new (parent: any) => PartView<Message>} View
 */
export function part(View) {
  /** @type {WeakMap<object, PartPlace>} */
  const places = new WeakMap() // element -> the view in it, its data, and how often it was called
  /** @param {PartCall<Message & PreviewedMessage & LiveMessage>} call */
  return ({ data, parentElement, setStateValue, setTriggerValue }) => {
    const isNew = !places.has(parentElement)
    if (isNew) places.set(parentElement, { view: new View(parentElement) })
    const place = places.get(parentElement)
    shownParts.set(parentElement, place)
    place.data = data
    place.receive = (shown) => place.view.receive(shown, setStateValue, setTriggerValue)
    if (data.ahead || data.live) parts.set(data.key, place)
    if (!isNew) place.view.receiveDial?.(data, setStateValue)
    receiveInTurn(place, isNew)
    // When messages come fast, Streamlit runs the cleanup of a call that a later one overtakes, also before that later call:
    // the view ends only when its element has left the page.
    return () => {
      if (parentElement.isConnected || places.get(parentElement) !== place) return
      forgetPlace(place)
      if (parts.get(data.key) === place) parts.delete(data.key)
      place.view.destroy()
      places.delete(parentElement)
      shownParts.delete(parentElement)
    }
  }
}
