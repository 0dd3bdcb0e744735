// The chart: one plotly drawing that is changed in place, with its title, menu, player, cursor and spoken text around it.
import { recolour, theme } from "./colours.js"
import { Cursor } from "./cursor.js"
import { Events } from "./events.js"
import { plotly, styleSheet } from "./library.js"
import { Menu } from "./menu.js"
import { Player } from "./player.js"
import { Reader } from "./reader.js"
import { element, richText } from "./words.js"

const CONFIG = { displayModeBar: false, responsive: false, showTips: false, doubleClick: "reset+autosize", scrollZoom: false }
const NARROW = 480

export class ChartView {
  constructor(parent) {
    styleSheet(import.meta.url)
    this.lastCall = 0
    this.figure = null // as sent: light colours, title in the layout
    this.drawn = null // a promise of the first drawing, so that the parts around it attach once
    this.root = element("figure", "unrolled-plot", parent)
    const head = element("div", "head", this.root)
    this.title = element("figcaption", "title", head)
    this.menu = new Menu(head, this)
    this.stage = element("div", "stage", this.root)
    this.image = element("div", "image", this.stage)
    this.image.setAttribute("role", "img")
    this.image.tabIndex = 0
    this.canvas = element("div", "canvas", this.image)
    this.spoken = element("p", "spoken", this.image) // inside role=img: there for search and translation, not read twice
    this.player = new Player(this.root, () => this.draw())
    this.note = element("p", "note", this.root)
    this.cursor = new Cursor(this)
    this.reader = new Reader(this)
    this.events = new Events(this)
    this.resize = new ResizeObserver(() => this.fit())
    this.resize.observe(this.stage)
    parent.style.minHeight = ""
  }

  update(data, setStateValue) {
    this.setStateValue = setStateValue
    if (data.figure !== this.data?.figure) this.figure = JSON.parse(data.figure)
    this.data = data
    const { layout, frames } = this.figure
    richText(layout.title?.text ?? "", this.title)
    this.spoken.textContent = data.alt
    this.image.setAttribute("aria-label", data.alt)
    this.note.textContent = data.note
    this.stage.style.height = `${data.height}px`
    this.menu.update(data.words)
    this.player.update(frames ?? [], data.words, data.key)
    this.cursor.join(data.cursor)
    this.draw()
    return ++this.lastCall
  }

  async draw() {
    let Plotly
    try {
      Plotly = await plotly(this.data.library)
    } catch (error) {
      console.error(error)
      this.note.textContent = this.data.words.unavailable
      return
    }
    if (!this.root.isConnected) return
    const { data, layout } = this.styled(this.player.apply(this.figure))
    Plotly.react(this.canvas, data, layout, CONFIG)
    if (!this.drawn) {
      this.drawn = true
      this.stage.classList.add("drawn")
      this.canvas.on("plotly_afterplot", () => this.cursor.draw())
      this.reader.attach(Plotly)
      this.cursor.attach()
      this.events.attach()
    }
    this.cursor.draw()
    this.reader.restore()
  }

  /** The figure as it is drawn here: colours of the theme, size of the page, title left to the HTML above it. */
  styled(figure) {
    const { font, colours } = theme(this.root)
    const { data, layout } = recolour({ data: figure.data, layout: figure.layout }, colours)
    const { title: _title, template, ...rest } = layout
    const width = this.stage.clientWidth
    const drag = matchMedia("(pointer: coarse)").matches ? false : this.data.events.includes("select") ? "select" : "zoom"
    return {
      data,
      layout: {
        uirevision: this.data.key,
        dragmode: drag, // on a touch screen a drag scrolls the page
        ...rest,
        template: { ...template, layout: { ...template?.layout, font: { ...template?.layout?.font, family: font } } },
        autosize: false,
        width,
        height: this.data.height,
        ...(width < NARROW ? { margin: { ...rest.margin, ...this.data.narrow_margin } } : {}),
      },
    }
  }

  async fit() {
    if (!this.drawn || this.stage.clientWidth === this.canvas._fullLayout.width) return
    this.draw()
  }

  /** The picture for a file: title back in, on the page's own background. */
  async image_url(format) {
    const Plotly = await plotly(this.data.library)
    const { background } = theme(this.root)
    const { width, height } = this.canvas._fullLayout
    const layout = structuredClone(this.canvas.layout)
    const title = { text: this.figure.layout.title?.text ?? "", x: 0.02, xanchor: "left", y: 1, yanchor: "top", yref: "container", pad: { t: 14 } }
    const top = (layout.margin?.t ?? layout.template?.layout?.margin?.t ?? 0) + 44
    const picture = { data: this.canvas.data, layout: { ...layout, title, margin: { ...layout.margin, t: top }, paper_bgcolor: background } }
    return Plotly.toImage(picture, { format, width, height: height + 44, scale: format === "png" ? 2 : 1 })
  }

  async showAll() {
    const Plotly = await plotly(this.data.library)
    const axes = Object.keys(this.canvas._fullLayout).filter((name) => /^[xy]axis\d*$/.test(name))
    const fixed = this.figure.layout
    const ranges = axes.map((axis) => (fixed[axis]?.range ? [`${axis}.range`, fixed[axis].range] : [`${axis}.autorange`, fixed[axis]?.autorange ?? true]))
    await Plotly.relayout(this.canvas, Object.fromEntries(ranges))
  }

  destroy() {
    this.resize.disconnect()
    this.cursor.leave()
    this.player.stop()
    this.menu.close()
    if (this.drawn) window.Plotly.purge(this.canvas)
    this.root.remove()
  }
}
