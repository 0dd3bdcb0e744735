// The place of the diagram in the page's address, so that a copied link opens what is seen: the time step, the step of the computation,
// the direction, the unit that is drawn in large, and the open value. What the page shows by itself is not written. The server is not told.
import { RENAMED } from "./computation.js"
import { clamp } from "./dom.js"

const REST = 350 // milliseconds without a change before the address is written

export class Link {
  constructor(view) {
    this.view = view
    this.path = null // of the page whose address this is
    this.timer = null
    this.onBack = () => this.restore()
    this.onView = ({ detail }) => this.restore(detail)
    window.addEventListener("popstate", this.onBack)
    window.addEventListener("unrolled:view", this.onView)
  }

  /** The browser's Back, or a tour, has brought another view of the same page. */
  restore(query = window.location.search) {
    const { view } = this
    if (!view.data?.link || this.path !== window.location.pathname) return
    view.open(this.read(query))
    view.shared.tell(view.state.step)
  }

  /** Whether the page has been come to; its address is taken from then on. */
  arrive() {
    const isNew = this.path !== window.location.pathname
    this.path = window.location.pathname
    return isNew
  }

  /** What the address asks for; null for each that it does not name. */
  read(query = window.location.search) {
    const { link } = this.view.data
    const asked = new URLSearchParams(link ? query : "")
    const whole = (name) => (/^\d{1,4}$/.test(asked.get(name)) ? Number(asked.get(name)) : null)
    const direction = ["forward", "backward"].find((each) => each === asked.get("direction")) ?? null
    return { step: whole(link), unit: whole("unit"), direction, stage: asked.get("stage"), value: asked.get("value") }
  }

  write() {
    clearTimeout(this.timer)
    if (this.view.data.link) this.timer = setTimeout(() => this.writeNow(), REST)
  }

  writeNow() {
    if (this.path !== window.location.pathname) return // the page is being left
    const url = new URL(window.location.href)
    const changed = Object.entries(this.said()).filter(([name, text]) => url.searchParams.get(name) !== text)
    for (const [name, text] of changed) {
      if (text === null) url.searchParams.delete(name)
      else url.searchParams.set(name, text)
    }
    if (changed.length) window.history.replaceState(window.history.state, "", url)
  }

  /** Each name of the link with its text, or null where the page shows that by itself. */
  said() {
    const { state, data, trail, stages } = this.view
    const stage = stages[state.stage]
    return {
      [data.link]: state.step === clamp(data.step ?? 1, 1, this.view.steps) ? null : String(state.step),
      direction: state.direction === data.direction ? null : state.direction,
      stage: stage ? (stage.isNamed ? stage.id : String(state.stage + 1)) : null,
      unit: state.unit ? String(state.unit + 1) : null,
      value: trail.isOpen ? this.textOf(trail.row, trail.place) : null,
    }
  }

  /** Where several cells are drawn, a step of the computation is told by its number. */
  stageOf(text) {
    const { rows, stages } = this.view
    const named = RENAMED[rows[0].cell.kind]?.[text] ?? text
    if (!stages[0].isNamed) return /^[1-7]$/.test(text) ? Math.min(Number(text), stages.length) - 1 : null // older links count to seven
    const index = stages.findIndex(({ id }) => named === id)
    return index < 0 ? null : index
  }

  /** "forget_gate.5.2": step 5, unit 2; "W_xf.1.2" of a weight; among several cells "lstm.forget_gate.5.2". */
  textOf(row, { name, t, units }) {
    const numbers = [...(t === null ? [] : [t]), ...units.map((unit) => unit + 1)]
    return [...(this.view.rows.length > 1 ? [row.cell.kind] : []), name, ...numbers].join(".")
  }

  /** {row, place}, or null where there is no such value. */
  placeOf(text) {
    const parts = text?.split(".") ?? []
    const { rows } = this.view
    const kind = rows.length > 1 ? parts.shift() : rows[0].cell.kind
    const row = rows.find(({ cell }) => cell.kind === kind)
    const [name, ...numbers] = parts
    const shape = row?.cell.arrays.get(name)?.shape
    if (numbers.length !== shape?.length || !numbers.every((each) => /^\d{1,4}$/.test(each))) return null
    const t = row.cell.symbols[name].first === null ? null : Number(numbers.shift())
    const place = { name, t, units: numbers.map((each) => Number(each) - 1) }
    return row.cell.value(place) === undefined ? null : { row, place }
  }

  stop() {
    clearTimeout(this.timer)
    window.removeEventListener("popstate", this.onBack)
    window.removeEventListener("unrolled:view", this.onView)
  }
}
