// Whether the reader has reached the setting that a step asks for, as the page's address says it. A dial writes it there as soon as it
// rests; what dials show would still be that of the view before when a step opens.

/** @param {NonNullable<TourMessage["goal"]>} goal */
export function isReached({ setting, value, least, most }) {
  const text = new URLSearchParams(location.search).get(setting)
  if (text === null) return false
  const number = Number(text)
  if (value !== null) return text === value || (text !== "" && number === Number(value))
  return text !== "" && (least === null || number >= least) && (most === null || number <= most)
}
