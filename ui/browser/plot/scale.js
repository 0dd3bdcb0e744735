// The scale of colours beside a heatmap. Plotly's own costs a third of every update of a heatmap; it is used for saved pictures.
import { asWritten } from "../shared/powers.js"
import { element } from "./dom.js"

export class Scale {
  constructor(parent) {
    this.bar = element("div", "scale", parent)
    this.ends = ["high", "middle", "low"].map((name) => element("span", name, this.bar))
    this.bar.hidden = true
  }

  /** Plotly's own bar off; remembers which trace this one stands for. */
  replace(data) {
    this.place = data.findIndex((trace) => trace.type === "heatmap" && trace.showscale !== false && trace.zmin !== undefined)
    if (this.place < 0) return data
    return data.with(this.place, { ...data[this.place], showscale: false })
  }

  /** The data as it was, for a saved picture. */
  restore(data) {
    return this.place < 0 ? data : data.with(this.place, { ...data[this.place], showscale: true })
  }

  draw(canvas) {
    this.bar.hidden = this.place < 0
    if (this.bar.hidden) return
    const { zmin, zmax, colorscale, yaxis } = canvas.data[this.place]
    const { xaxis: across, [yaxis ? `yaxis${yaxis.slice(1)}` : "yaxis"]: up } = canvas._fullLayout
    const colours = colorscale.map(([at, colour]) => `${colour} ${100 * at}%`)
    Object.assign(this.bar.style, {
      left: `${across._offset + across._length + 10}px`,
      top: `${up._offset}px`,
      height: `${up._length}px`,
      backgroundImage: `linear-gradient(to top, ${colours.join(", ")})`,
    })
    const values = [zmax, (zmin + zmax) / 2, zmin]
    this.ends.forEach((end, i) => (end.textContent = short(values[i])))
  }
}

function short(value) {
  const text = Math.abs(value) >= 1e4 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(1) : String(Number(value.toPrecision(2)))
  return asWritten(text)
}
