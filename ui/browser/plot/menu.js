// The menu of a chart: save it as a picture or its numbers as a table, and show all of it again.
import { asFilename, download } from "../shared/download.js"
import { embedCode } from "../shared/embed_code.js"
import { Menu } from "../shared/menu.js"
import { standalonePage } from "../shared/standalone.js"
import { csv } from "./csv.js"
import { plainText } from "./dom.js"

/** @import { ChartView } from "./chart.js" */

export class ChartMenu {
  /**
   * @param {Element} parent
   * @param {ChartView} view
   */
  constructor(parent, view) {
    this.view = view
    this.menu = new Menu(parent, {
      png: () => this.picture("png"),
      svg: () => this.picture("svg"),
      csv: () => download(new Blob([csv(view.player.apply(view.figure))], { type: "text/csv;charset=utf-8" }), this.filename("csv")),
      html: () => this.page(),
      embed: () => navigator.clipboard.writeText(embedCode(plainText(view.texts.title))),
      all: () => view.showAll(),
    })
  }

  /** @param {PlotWords} words */
  update(words) {
    this.menu.name(words.menu, words)
    this.menu.entries.html.hidden = !this.view.data.is_flat
  }

  close() {
    this.menu.close()
  }

  /** @param {"png" | "svg"} format */
  async picture(format) {
    const address = await this.view.pictureAddress(format)
    download(await (await fetch(address)).blob(), this.filename(format))
  }

  /** The chart as a page of its own. A chart in space would need the whole of plotly, five megabytes. */
  async page() {
    const title = plainText(this.view.texts.title)
    const libraries = [this.view.data.library]
    download(await standalonePage({ title, parts: [this.view.standalonePart()], libraries }), this.filename("html"))
  }

  /** @param {string} ending */
  filename(ending) {
    return `${asFilename(plainText(this.view.texts.title), "chart")}.${ending}`
  }
}
