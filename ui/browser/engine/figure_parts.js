// What the engine's charts share: the words and numbers of ui/figures/words.py.
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
export const withSubscript = (symbol, number) => symbol + Array.from(String(number), (digit) => SUBSCRIPTS[digit]).join("")

export const countedFrom = (first, count) => Array.from({ length: count }, (_, i) => first + i)

/** Lowest and highest finite value; 0 and 0 when there is none. */
export function finiteRange(values) {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low <= high ? [low, high] : [0, 0]
}

/** For a scale centred at zero; 1 when there is nothing to show. */
export function largestMagnitude(values) {
  const [low, high] = finiteRange(values)
  return Math.max(-low, high) || 1
}
