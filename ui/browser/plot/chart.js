// The chart: one plotly drawing that is changed in place, with its title, menu, player, cursor and text for screen readers.
import { styleSheet } from "../shared/styles.js"
import { claimScreen } from "../shared/shown.js"
import { Card } from "./card.js"
import { theme, withLook } from "./colours.js"
import { Cursor } from "./cursor.js"
import { Events } from "./events.js"
import { Handle } from "./handle.js"
import { plotly } from "./library.js"
import { ChartMenu } from "./menu.js"
import { placeNames } from "./names.js"
import { fitNames } from "./narrow.js"
import { Player } from "./player.js"
import { drawNumbers, outlineOf } from "./quick.js"
import { Reader } from "./reader.js"
import { IdleCall } from "./rest.js"
import { Scale } from "./scale.js"
import { element, richText } from "./dom.js"
import { writeNumbers } from "./written.js"

const CONFIG = { displayModeBar: false, responsive: false, showTips: false, doubleClick: "reset+autosize", scrollZoom: false }
const TITLE_ROOM = 36
const ON_PAPER = 0.65 // of its width and height: it is drawn smaller and shown larger (plot.css), so that its type can be read
const SCENE_WIDTH = 1.3 // times its height: so wide must a scene be to show all of its content
let charts = 0
/** @type {HTMLElement | null} charts lie in the page itself, not in shadow roots: one style sheet serves all */
let styles = null

// The first drawing out of sight waits this long: it begins with reading plotly, which blocks the page while it opens.
const FIRST_PAUSE = 1500 // milliseconds
const LIVE_PAUSE = 300

export class ChartView {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    styles ||= document.head.appendChild(styleSheet())
    this.drawn = false
    this.root = element("figure", "unrolled-plot", parent)
    const head = element("div", "head", this.root)
    this.title = element("figcaption", "title", head)
    this.menu = new ChartMenu(head, this)
    this.stage = element("div", "stage", this.root)
    this.image = element("div", "image", this.stage)
    this.image.setAttribute("role", "img")
    this.image.tabIndex = 0
    this.canvas = /** @type {PlotlyElement} */ (element("div", "canvas", this.image))
    this.keys = element("span", "spoken keys", this.stage)
    this.keys.id = `unrolled-keys-${++charts}`
    this.image.setAttribute("aria-describedby", this.keys.id)
    this.spoken = element("p", "spoken", this.image) // for search and translation; inside role=img, so that it is not read twice
    this.scale = new Scale(this.stage)
    this.player = new Player(this.root, () => this.draw())
    this.note = element("p", "note", this.root)
    this.card = new Card(this)
    this.cursor = new Cursor(this)
    this.handle = new Handle(this)
    this.reader = new Reader(this)
    this.events = new Events(this)
    this.watchSize = new ResizeObserver(() => this.fit())
    this.onPrint = () => this.drawForPaper()
    this.afterPrint = () => this.fit()
    this.watchPlace = new IntersectionObserver(([{ isIntersecting }]) => this.setNear(isIntersecting), { rootMargin: "300px" })
  }

  /** For a file that works without a server. */
  standalonePart() {
    const { data } = this
    const shown = { ...data, library: "", events: [], live: null, ahead: null, height: 620, fills_stage: false }
    return { address: data.module, data: shown, isShadow: false, height: "620px" }
  }

  /**
   * @param {PlotMessage} data
   * @param {SendPoints} setStateValue
   */
  receive(data, setStateValue) {
    this.setStateValue = setStateValue
    const isNew = !this.data
    const repainted = data.isLive ? this.theme : theme(this.root, this.theme) // reading it makes the browser lay out the page
    const isSame = !isNew && data.figure === this.data.figure && repainted === this.theme && data.height === this.data.height
    if (!isSame) this.figure = repainted.repaint(data.figure)
    /** @type {import("./colours.js").Theme} */
    this.theme = repainted
    this.data = data
    this.showTexts()
    this.player.update(this.figure.frames ?? [], data.words, this.figure.layout.meta ?? {})
    this.cursor.join(data.cursor)
    if (isNew) {
      claimScreen(this.root)
      this.observe()
    } else if (isSame) return
    else if (this.isNear) this.draw()
    else this.drawLater(data.isLive)
  }

  showTexts() {
    const { alt, note, height, fills_stage, words } = this.data
    const title = this.figure.layout.title?.text ?? ""
    if (title !== this.texts?.title) richText(title, this.title)
    this.title.classList.toggle("sentence", Boolean(this.figure.layout.meta?.sentence))
    if (alt !== this.texts?.alt) {
      this.spoken.textContent = alt
      this.image.setAttribute("aria-label", alt)
    }
    if (note !== this.texts?.note) this.note.textContent = note
    if (!fills_stage) this.height = height
    this.stage.style.setProperty("--chart-height", fills_stage ? "var(--stage-height)" : `calc(${height}px * var(--chart-zoom, 1))`)
    if (words.keys !== this.texts?.keys) this.keys.textContent = words.keys
    /** @type {{title: string, alt: string, note: string, keys: string}} */
    this.texts = { title, alt, note, keys: words.keys }
    this.menu.update(words)
  }

  /** The first drawing waits until the chart has a width. */
  observe() {
    this.watchSize.observe(this.stage)
    this.watchPlace.observe(this.stage)
    addEventListener("beforeprint", this.onPrint)
    addEventListener("afterprint", this.afterPrint)
  }

  /** @param {boolean} isNear whether the chart is on the screen, or soon will be */
  setNear(isNear) {
    this.isNear = isNear
    if (isNear && (this.waiting || !this.drawn)) this.draw()
    else if (!this.drawn) this.drawLater()
  }

  /**
   * Out of sight: drawn when the browser is idle, so that the charts in sight are drawn first.
   * @param {boolean} [isLive] a dial moves: drawn when it pauses
   */
  drawLater(isLive = false) {
    if (isLive) this.waiting?.cancel()
    if (this.waiting && !isLive) return
    this.waiting = new IdleCall(!this.drawn ? FIRST_PAUSE : isLive ? LIVE_PAUSE : 0, () => this.draw())
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.stage
    if (width === 0 || (width === this.width && height === this.height)) return
    /** @type {number} */
    this.width = width
    /** @type {number} */
    this.height = height
    if (this.drawn) this.draw()
    else this.drawLater()
  }

  /** Paper has no place that is out of sight. While plotly is still being loaded, the chart's words are printed in its place (plot.css). */
  drawForPaper() {
    const [width, height] = [this.stage.clientWidth, this.stage.clientHeight].map((pixels) => Math.round(ON_PAPER * pixels))
    if (!width) return
    this.width = width
    this.height = height
    this.stage.style.setProperty("--paper-height", `${height}px`)
    this.draw()
  }

  async draw() {
    this.waiting?.cancel()
    this.waiting = undefined
    try {
      this.Plotly = await plotly(this.data.library)
    } catch (error) {
      console.error(error)
      this.note.textContent = this.data.words.unavailable
      return
    }
    if (!this.root.isConnected || !this.width) return
    const { data, layout } = fitNames(placeNames(this.player.apply(this.figure), this.width, this.height), this.width)
    const before = this.outline
    this.outline = outlineOf(data, layout, this.width, this.height, this.theme.name)
    if (before && before.outline === this.outline?.outline) drawNumbers(this.Plotly, this.canvas, data, before.axes, this.outline.axes)
    else this.drawing = this.Plotly.react(this.canvas, this.scale.replace(data), this.fullLayout(layout), CONFIG)
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
    this.handle.draw()
  }

  /**
   * The layout that is drawn: in the shared look and the size of the page, without the title, which is in the HTML above.
   * @param {Layout} layout
   */
  fullLayout({ title: _title, template: _template, ...own }) {
    const { key, events } = this.data
    const { height } = this
    const isTouch = matchMedia("(pointer: coarse)").matches // there a drag scrolls the page
    const dragmode = isTouch ? false : events.includes("select") ? "select" : "zoom"
    // A copy, because plotly writes a zoom into the layout that it is given, and `showAll` reads the figure's own ranges.
    const layout = structuredClone(withLook(own, this.theme.look))
    if (layout.scene) stepBack(layout.scene.camera.eye, height / this.width)
    return { uirevision: key, dragmode, ...layout, autosize: false, width: this.width, height }
  }

  /**
   * The picture for a file: with title and scale, on the background of the page.
   * @param {"png" | "svg"} format
   * @returns {Promise<string>} a data address
   */
  async pictureAddress(format) {
    const { width, height, font } = this.canvas._fullLayout
    const { layout } = this.canvas
    const margin = { ...layout.margin, t: layout.margin.t + TITLE_ROOM }
    const title = { text: this.texts.title, font: { size: font.size + 2 }, x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { l: 14, t: 14 } }
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
    removeEventListener("beforeprint", this.onPrint)
    removeEventListener("afterprint", this.afterPrint)
    this.waiting?.cancel()
    this.cursor.leave()
    this.player.stop()
    this.reader.stop()
    this.menu.close()
    this.root.remove()
    // plotly still draws after `react` has returned, and raises an error where its drawing is purged meanwhile.
    const purge = () => this.drawn && this.Plotly.purge(this.canvas)
    Promise.resolve(this.drawing).then(purge, purge)
  }
}

/**
 * A scene fills the height of its element: in a narrow one the camera moves back, so that nothing is cut off at the sides.
 * @param {{x: number, y: number, z: number}} eye
 * @param {number} slimness height / width
 */
function stepBack(eye, slimness) {
  const times = Math.max(1, SCENE_WIDTH * slimness)
  eye.x *= times
  eye.y *= times
  eye.z *= times
}
