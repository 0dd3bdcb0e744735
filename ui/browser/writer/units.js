// Units of the state while the text is written: a row for each, a column for each character. A row that is clicked colours the text.

export class UnitRows {
  /**
   * @param {(at: number) => void} go to a character
   * @param {() => void} changed another unit is chosen
   */
  constructor(go, changed) {
    this.root = document.createElement("div")
    this.root.className = "units"
    this.canvas = document.createElement("canvas")
    this.canvas.tabIndex = 0
    this.canvas.setAttribute("role", "slider")
    this.canvas.setAttribute("aria-orientation", "vertical")
    this.label = document.createElement("div")
    this.label.className = "unit"
    this.root.append(this.canvas, this.label)
    this.changed = changed
    /** @type {number | null} the row that colours the text */
    this.chosen = null
    this.at = 0
    this.canvas.onclick = (event) => {
      const { row, column } = this.placeOf(event)
      this.choose(row === this.chosen ? null : row)
      go(column)
    }
    this.canvas.onkeydown = (event) => this.onKey(event)
    this.resized = new ResizeObserver(() => this.draw())
    this.resized.observe(this.canvas)
    this.themed = new MutationObserver(() => this.draw())
    this.themed.observe(document.documentElement, { attributeFilter: ["style", "class", "data-projector"] })
  }

  /** @param {WriterMessage} data */
  receive({ units, words }) {
    this.units = units
    this.words = words
    if (this.chosen !== null && this.chosen >= units.values.length) this.chosen = null
    this.canvas.setAttribute("aria-label", words.units)
    this.canvas.setAttribute("aria-valuemin", "0")
    this.canvas.setAttribute("aria-valuemax", String(units.numbers.length))
  }

  /** In percent; null where no unit colours the text. */
  valueAt(at) {
    return this.chosen === null ? null : (this.units.values[this.chosen][at] ?? 0)
  }

  choose(row) {
    this.chosen = row
    this.changed()
  }

  /** @param {number} at the character that is written last */
  show(at) {
    this.at = at
    this.draw()
    const { numbers, values, of } = this.units
    const value = this.chosen === null ? 0 : values[this.chosen][at] / 100
    const description =
      this.chosen === null
        ? this.words.units_shown.replace("{count}", String(numbers.length)).replace("{of}", String(of))
        : this.words.unit.replace("{unit}", String(numbers[this.chosen])).replace("{value}", value.toFixed(2).replace("-", "−"))
    this.label.textContent = description
    this.canvas.setAttribute("aria-valuenow", String(this.chosen === null ? 0 : this.chosen + 1))
    this.canvas.setAttribute("aria-valuetext", description)
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.canvas
    if (!this.units || !width) return
    const ratio = Math.min(2, devicePixelRatio || 1)
    Object.assign(this.canvas, { width: width * ratio, height: height * ratio })
    const pen = this.canvas.getContext("2d"), rows = this.units.values.length, columns = this.units.values[0].length
    const colour = this.colours()
    pen.scale(ratio, ratio)
    const wide = width / columns, high = height / rows
    this.units.values.forEach((values, row) => {
      const isPale = this.chosen !== null && row !== this.chosen
      for (let at = 0; at <= Math.min(this.at, columns - 1); at++) {
        pen.globalAlpha = (Math.abs(values[at]) / 100) * (isPale ? 0.3 : 1)
        pen.fillStyle = values[at] > 0 ? colour.positive : colour.negative
        pen.fillRect(at * wide, row * high + 0.5, wide + 0.3, high - 1)
      }
    })
    pen.globalAlpha = 1
    pen.strokeStyle = colour.ink
    pen.lineWidth = 2
    pen.strokeRect(this.at * wide, 1, Math.max(3, wide), height - 2)
    if (this.chosen !== null) pen.strokeRect(1, this.chosen * high, width - 2, high)
  }

  colours() {
    const style = getComputedStyle(this.canvas), found = {}
    for (const name of ["positive", "negative", "ink"]) {
      this.canvas.style.color = `var(--${name})`
      found[name] = style.color
    }
    this.canvas.style.color = ""
    return found
  }

  placeOf(event) {
    const box = this.canvas.getBoundingClientRect(), { values } = this.units
    const row = Math.floor(((event.clientY - box.top) / box.height) * values.length)
    const column = Math.floor(((event.clientX - box.left) / box.width) * values[0].length)
    return { row: Math.min(Math.max(row, 0), values.length - 1), column }
  }

  onKey(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!by && event.key !== "Escape") return
    event.preventDefault()
    event.stopPropagation() // Streamlit has shortcuts of its own
    if (!by) return this.choose(null)
    const last = this.units.values.length - 1
    const next = this.chosen === null ? (by > 0 ? 0 : last) : this.chosen + by
    this.choose(next < 0 || next > last ? null : next)
  }

  destroy() {
    this.resized.disconnect()
    this.themed.disconnect()
  }
}
