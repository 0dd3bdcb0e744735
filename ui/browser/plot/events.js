// Clicks and selections that the page asks for, sent to the server as the state of the part.
import { TouchBrush } from "./brush.js"

/** @import { ChartView } from "./chart.js" */

export class Events {
  /** @param {ChartView} view */
  constructor(view) {
    this.view = view
  }

  attach() {
    const { canvas } = this.view
    canvas.on("plotly_click", ({ points }) => this.send("click", point(points[0])))
    canvas.on("plotly_selected", (selection) => this.send("select", (selection?.points ?? []).map(point)))
    canvas.on("plotly_deselect", () => this.send("select", []))
    if (this.view.data.events.includes("select")) new TouchBrush(this.view, (points) => this.send("select", points.map(point)))
  }

  /** What the keys have led to is chosen as a click would. @param {import("./reader.js").Place} place */
  choose({ curve, row = null, column }) {
    const { x, y } = this.view.canvas._fullData[curve], at = row ?? column
    this.send("click", { curve, row, column, x: x?.[column] ?? column, y: y?.[at] ?? at })
  }

  /** @type {SendPoints} */
  send(name, value) {
    if (this.view.data.events.includes(name)) this.view.setStateValue(name, value)
  }
}

/**
 * @param {PlotlyPoint} point
 * @returns {PlotPoint}
 */
function point({ curveNumber, pointNumber, x, y }) {
  const [row, column] = Array.isArray(pointNumber) ? pointNumber : [null, pointNumber]
  return { curve: curveNumber, row, column, x, y }
}
