// Writes the numbers of a chart in the notation of the page, 1.6·10⁻¹⁰; plotly writes 1.6e-10 under the pointer, 1.6×10⁻¹⁰ at an axis.
import { asWritten } from "../shared/powers.js"

/**
 * After every drawing, because plotly makes its number formats and its ticks anew.
 * @param {PlotlyElement} canvas
 */
export function writeNumbers(canvas) {
  const layout = canvas._fullLayout
  if (!layout) return
  if (!layout._d3locale.isOurs) {
    const { numberFormat } = layout._d3locale
    /** @param {string} specification of d3 */
    const formatInOurNotation = (specification) => {
      const format = numberFormat(specification)
      return (/** @type {number} */ value) => asWritten(format(value))
    }
    layout._d3locale = { ...layout._d3locale, numberFormat: formatInOurNotation, isOurs: true }
  }
  for (const tick of canvas.querySelectorAll(".xtick text, .ytick text")) {
    if (!tick.textContent.includes("×10")) continue
    const texts = document.createTreeWalker(tick, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) texts.currentNode.nodeValue = texts.currentNode.nodeValue.replace("×10", "·10")
  }
}
