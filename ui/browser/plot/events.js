// What the page asked to hear about: clicks and selections, told to the server as the state of the part.
import { TouchBrush } from "./brush.js"

export class Events {
  constructor(view) {
    this.view = view
  }

  attach() {
    const { canvas } = this.view
    canvas.on("plotly_click", ({ points }) => this.tell("click", point(points[0])))
    canvas.on("plotly_selected", (selection) => this.tell("select", (selection?.points ?? []).map(point)))
    canvas.on("plotly_deselect", () => this.tell("select", []))
    if (this.view.data.events.includes("select")) new TouchBrush(this.view, (points) => this.tell("select", points.map(point)))
  }

  tell(name, value) {
    if (this.view.data.events.includes(name)) this.view.setStateValue(name, value)
  }
}

function point({ curveNumber, pointNumber, x, y }) {
  const [row, column] = Array.isArray(pointNumber) ? pointNumber : [null, pointNumber]
  return { curve: curveNumber, row, column, x, y }
}
