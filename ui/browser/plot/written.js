// Numbers in a chart as the page writes them: 1.6·10⁻¹⁰, where plotly writes 1.6e-10 under the pointer and 1.6×10⁻¹⁰ at an axis.
import { asWritten } from "../shared/powers.js"

/** After every drawing: plotly makes its way of writing numbers anew, and its ticks. */
export function writeNumbers(canvas) {
  const layout = canvas._fullLayout
  if (!layout) return
  if (!layout._d3locale.isOurs) {
    const { numberFormat } = layout._d3locale
    const ours = (wanted) => {
      const format = numberFormat(wanted)
      return (value) => asWritten(format(value))
    }
    layout._d3locale = { ...layout._d3locale, numberFormat: ours, isOurs: true }
  }
  for (const tick of canvas.querySelectorAll(".xtick text, .ytick text")) {
    if (!tick.textContent.includes("×10")) continue
    const texts = document.createTreeWalker(tick, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) texts.currentNode.nodeValue = texts.currentNode.nodeValue.replace("×10", "·10")
  }
}
