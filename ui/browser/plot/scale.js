// The colour scale beside a heatmap. plotly's own makes every update of a heatmap slower, so only saved pictures have it.
import { asWritten } from "../shared/powers.js"
import { element } from "./dom.js"

export class Scale {
  /** @param {Element} parent */
  constructor(parent) {
    this.bar = element("div", "scale", parent)
    this.ends = ["high", "middle", "low"].map((name) => element("span", name, this.bar))
    this.bar.hidden = true
  }

  /**
   * The data without plotly's own scale.
   * @param {Trace[]} data
   */
  replace(data) {
    /** which trace the scale belongs to */
    this.place = data.findIndex((trace) => trace.type === "heatmap" && trace.showscale !== false && trace.zmin !== undefined)
    if (this.place < 0) return data
    return data.with(this.place, { ...data[this.place], showscale: false })
  }

  /**
   * The data with plotly's own scale.
   * @param {Trace[]} data
   */
  restore(data) {
    return this.place < 0 ? data : data.with(this.place, { ...data[this.place], showscale: true })
  }

  /** @param {PlotlyElement} canvas */
  draw(canvas) {
    this.bar.hidden = this.place < 0
    if (this.bar.hidden) return
    const { zmin, zmax, colorscale, yaxis } = canvas.data[this.place]
    const { xaxis: across, [yaxis ? `yaxis${yaxis.slice(1)}` : "yaxis"]: up } = canvas._fullLayout
    /** @type {[at: number, colour: string][]} */
    const steps = colorscale
    const colours = steps.map(([at, colour]) => `${colour} ${100 * at}%`)
    Object.assign(this.bar.style, {
      left: `${across._offset + across._length + 10}px`,
      top: `${up._offset}px`,
      height: `${up._length}px`,
      backgroundImage: `linear-gradient(to top, ${colours.join(", ")})`,
    })
    const values = [zmax, (zmin + zmax) / 2, zmin]
    this.ends.forEach((end, i) => {
      end.textContent = short(values[i])
    })
  }
}

/** @param {number} value */
function short(value) {
  const text = Math.abs(value) >= 1e4 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(1) : String(Number(value.toPrecision(2)))
  return asWritten(text)
}
