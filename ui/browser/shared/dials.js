// The values that dials show now (ui/browser/dial.py), and the parts whose pictures follow them.
// A part's message says in `live.values` or `ahead.values` for which values of the dials it was drawn.

const shownValues = (window.unrolledDials ??= new Map()) // by the dial's key
const skippedPlaces = (window.unrolledSkipped ??= new Set()) // places whose last message is not for the values that are shown
export const DIAL_MOVED = "unrolled:dial" // of window: a dial shows another value
export const DIAL_RESTS = "unrolled:dial-rests" // of window: the reader has let a dial go
export const SET_DIAL = "unrolled:set-dial" // of window: a chart asks a dial to show a value

export const dialValues = () => Object.fromEntries(shownValues)

/** `byReader`: the reader moves it; otherwise the page has set it. */
export function showDial(key, value, byReader) {
  if (shownValues.get(key) === value) return
  shownValues.set(key, value)
  for (const place of [...skippedPlaces]) if (!isLeft(place.data)) drawPlace(place)
  dispatchEvent(new CustomEvent(DIAL_MOVED, { detail: { key, value, byReader } }))
}

export const forgetDial = (key) => shownValues.delete(key)

const isLeft = ({ live, ahead }) =>
  Object.entries({ ...live?.values, ...ahead?.values }).some(([key, value]) => shownValues.has(key) && shownValues.get(key) !== value)

/** A message of the page for a part: drawn at once, or when the dials show its values. What is new is drawn in any case. */
export function receiveInTurn(place, isNew) {
  if (!isNew && isLeft(place.data)) skippedPlaces.add(place)
  else drawPlace(place)
}

/** Whether the server draws ahead of the page for this dial (ui/browser/previews.py). */
export const hasPreviews = (key) => [...(window.unrolledParts?.values() ?? [])].some(({ data }) => data.ahead && key in data.ahead.values)

export const forgetPlace = (place) => skippedPlaces.delete(place)

function drawPlace(place) {
  skippedPlaces.delete(place)
  place.receive(place.data)
}
