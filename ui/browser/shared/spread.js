// Names at the ends of lines, kept apart: `spread` of ui/figures/lines.py.

/**
 * The places, moved as little as keeps them `gap` apart and inside low..high, in their order.
 * @param {number[]} places
 * @param {number} gap
 * @param {number} low
 * @param {number} high
 * @returns {number[]}
 */
export function spreadApart(places, gap, low, high) {
  const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b])
  const moved = order.map((i) => Math.min(Math.max(places[i], low), high))
  for (let i = 1; i < moved.length; i++) moved[i] = Math.max(moved[i], moved[i - 1] + gap)
  if (moved.at(-1) > high) {
    moved[moved.length - 1] = high
    for (let i = moved.length - 1; i > 0; i--) moved[i - 1] = Math.min(moved[i - 1], moved[i] - gap)
  }
  const back = []
  order.forEach((i, place) => (back[i] = moved[place]))
  return back
}
