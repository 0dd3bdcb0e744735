// The chart: one plotly drawing that is changed in place, with its title, menu, player, cursor and spoken text around it.
import { styleSheet } from "../shared/styles.js"
import { dressed, theme } from "./colours.js"
import { Cursor } from "./cursor.js"
import { Events } from "./events.js"
import { plotly } from "./library.js"
import { Menu } from "./menu.js"
import { Player } from "./player.js"
import { drawNumbers, frame } from "./quick.js"
import { Reader } from "./reader.js"
import { Rest } from "./rest.js"
import { Scale } from "./scale.js"
import { element, richText } from "./dom.js"
import { writeNumbers } from "./written.js"

const CONFIG = { displayModeBar: false, responsive: false, showTips: false, doubleClick: "reset+autosize", scrollZoom: false }
const TITLE_ROOM = 36
const SCENE_SIDES = 1.3 // times its height: how wide a scene must be to show all of itself
let charts = 0
let dressedPage = null // the styles of all charts: they are not shut off from the page

// A page that is just opening is soon idle for a moment, between two messages. The first drawing begins with reading plotly, which
// holds up everything else: it waits longer, so that what the reader sees first answers first.
const REST_AT_FIRST = 1500 // milliseconds

export class ChartView {
  constructor(parent) {
    dressedPage ||= document.head.appendChild(styleSheet())
    this.drawn = false
    this.root = element("figure", "unrolled-plot", parent)
    const head = element("div", "head", this.root)
    this.title = element("figcaption", "title", head)
    this.menu = new Menu(head, this)
    this.stage = element("div", "stage", this.root)
    this.image = element("div", "image", this.stage)
    this.image.setAttribute("role", "img")
    this.image.tabIndex = 0
    this.canvas = element("div", "canvas", this.image)
    this.keys = element("span", "spoken keys", this.stage)
    this.keys.id = `unrolled-keys-${++charts}`
    this.image.setAttribute("aria-describedby", this.keys.id)
    this.spoken = element("p", "spoken", this.image) // inside role=img: there for search and translation, not read twice
    this.scale = new Scale(this.stage)
    this.player = new Player(this.root, () => this.draw())
    this.note = element("p", "note", this.root)
    this.cursor = new Cursor(this)
    this.reader = new Reader(this)
    this.events = new Events(this)
    this.watchSize = new ResizeObserver(() => this.fit())
    this.watchPlace = new IntersectionObserver(([{ isIntersecting }]) => this.near(isIntersecting), { rootMargin: "300px" })
  }

  receive(data, setStateValue) {
    this.setStateValue = setStateValue
    const isNew = !this.data
    const repainted = data.isLive ? this.theme : theme(this.root, this.theme) // reading it makes the browser lay out the page
    const isSame = !isNew && data.figure === this.data.figure && repainted === this.theme && data.height === this.data.height
    if (!isSame) this.figure = repainted.repaint(data.figure)
    this.theme = repainted
    this.data = data
    this.tell()
    this.player.update(this.figure.frames ?? [], data.words, this.figure.layout.meta ?? {})
    this.cursor.join(data.cursor)
    if (isNew) this.look()
    else if (isSame) return
    else if (this.isNear) this.draw()
    else this.drawLater()
  }

  /** Everything around the drawing that is words. */
  tell() {
    const { alt, note, height, words } = this.data
    const title = this.figure.layout.title?.text ?? ""
    if (title !== this.told?.title) richText(title, this.title)
    if (alt !== this.told?.alt) {
      this.spoken.textContent = alt
      this.image.setAttribute("aria-label", alt)
    }
    if (note !== this.told?.note) this.note.textContent = note
    this.stage.style.height = `${height}px`
    if (words.keys !== this.told?.keys) this.keys.textContent = words.keys
    this.told = { title, alt, note, keys: words.keys }
    this.menu.update(words)
  }

  /** The first drawing waits for a width; from here on the chart knows whether it is on the screen. */
  look() {
    this.watchSize.observe(this.stage)
    this.watchPlace.observe(this.stage)
  }

  near(isNear) {
    this.isNear = isNear
    if (isNear && (this.waiting || !this.drawn)) this.draw()
    else if (!this.drawn) this.drawLater()
  }

  /** Out of sight: drawn when the browser has nothing better to do, so that what is in sight is quick. */
  drawLater() {
    this.waiting ??= new Rest(this.drawn ? 0 : REST_AT_FIRST, () => this.draw())
  }

  fit() {
    const width = this.stage.clientWidth
    if (width === 0 || width === this.width) return
    this.width = width
    if (this.drawn) this.draw()
    else this.drawLater()
  }

  async draw() {
    this.waiting?.end()
    this.waiting = undefined
    try {
      this.Plotly = await plotly(this.data.library)
    } catch (error) {
      console.error(error)
      this.note.textContent = this.data.words.unavailable
      return
    }
    if (!this.root.isConnected || !this.width) return
    const { data, layout } = this.player.apply(this.figure)
    const before = this.frame
    this.frame = frame(data, layout, this.width, this.data.height, this.theme.name)
    if (before && before.outline === this.frame?.outline) drawNumbers(this.Plotly, this.canvas, data, before.ranges, this.frame.ranges)
    else this.drawing = this.Plotly.react(this.canvas, this.scale.replace(data), this.placed(layout), CONFIG)
    if (!this.drawn) {
      this.drawn = true
      this.stage.classList.add("drawn")
      this.canvas.on("plotly_afterplot", () => this.afterDrawing())
      this.reader.attach()
      this.cursor.attach()
      this.events.attach()
    }
    this.scale.draw(this.canvas)
    this.afterDrawing()
    this.reader.restore()
  }

  afterDrawing() {
    writeNumbers(this.canvas)
    this.cursor.draw()
  }

  /** The layout as it is drawn here: in the shared look, at the page's size, the title left to the HTML above. */
  placed({ title: _title, template: _template, ...own }) {
    const { key, height, events } = this.data
    const still = matchMedia("(pointer: coarse)").matches // on a touch screen a drag scrolls the page
    const dragmode = still ? false : events.includes("select") ? "select" : "zoom"
    // A copy: plotly writes a zoom into the layout it is given, and the figure keeps its own ranges to come back to.
    const layout = structuredClone(dressed(own, this.theme.look))
    if (layout.scene) stepBack(layout.scene.camera.eye, height / this.width)
    return { uirevision: key, dragmode, ...layout, autosize: false, width: this.width, height }
  }

  /** The picture for a file: title and scale back in, on the page's own background. */
  async pictureAddress(format) {
    const { width, height, font } = this.canvas._fullLayout
    const { layout } = this.canvas
    const margin = { ...layout.margin, t: layout.margin.t + TITLE_ROOM }
    const title = { text: this.told.title, font: { size: font.size + 2 }, x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { l: 14, t: 14 } }
    const picture = { data: this.scale.restore(this.canvas.data), layout: { ...layout, title, margin, paper_bgcolor: this.theme.background } }
    return this.Plotly.toImage(picture, { format, width, height: height + TITLE_ROOM, scale: format === "png" ? 2 : 1 })
  }

  async showAll() {
    const axes = Object.keys(this.canvas._fullLayout).filter((name) => /^[xy]axis\d*$/.test(name))
    const fixed = this.figure.layout
    const ranges = axes.map((axis) => (fixed[axis]?.range ? [`${axis}.range`, fixed[axis].range] : [`${axis}.autorange`, fixed[axis]?.autorange ?? true]))
    await this.Plotly.relayout(this.canvas, Object.fromEntries(ranges))
  }

  destroy() {
    this.watchSize.disconnect()
    this.watchPlace.disconnect()
    this.waiting?.end()
    this.cursor.leave()
    this.player.stop()
    this.reader.stop()
    this.menu.close()
    this.root.remove()
    // plotly goes on by itself after `react` has returned, and stumbles over a drawing that was taken apart under its hands.
    const purge = () => this.drawn && this.Plotly.purge(this.canvas)
    Promise.resolve(this.drawing).then(purge, purge)
  }
}

/** A scene fills the height of its place: where that is narrow, the eye goes farther, so that nothing is cut off at the sides. */
function stepBack(eye, slimness) {
  const times = Math.max(1, SCENE_SIDES * slimness)
  for (const axis of ["x", "y", "z"]) eye[axis] *= times
}
