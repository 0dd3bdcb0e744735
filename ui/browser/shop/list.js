// The most probable next items: a bar each, which grows, shrinks and moves when the session changes; a click takes the item.
import { icon } from "./icons.js"

export class NextItems {
  /** @param {(item: number) => void} take */
  constructor(take) {
    this.take = take
    this.root = document.createElement("section")
    this.root.className = "next"
    this.title = document.createElement("h2")
    this.rows = document.createElement("div")
    this.rows.className = "rows"
    this.legend = document.createElement("p")
    this.legend.className = "legend"
    this.root.append(this.title, this.rows, this.legend)
    /** @type {Map<number, HTMLElement>} */
    this.byItem = new Map()
  }

  /** @param {ShopMessage} data */
  draw(data) {
    const { list, words } = data
    this.title.textContent = words.next
    const most = Math.max(0.05, ...list.flatMap((row) => [row.network ?? 0, row.best ?? 0, row.followed ?? 0]))
    const kept = new Set(list.map((row) => row.item))
    for (const [item, row] of this.byItem) {
      if (kept.has(item)) continue
      row.remove()
      this.byItem.delete(item)
    }
    list.forEach((row, rank) => {
      const shown = this.byItem.get(row.item) ?? this.newRow(row.item)
      this.write(shown, row, rank, list.length, most, data)
    })
    const marks = [["bar", list[0]?.network === null ? null : words.network], ["diamond", list[0]?.best === null ? null : words.best], ["ring", list[0]?.followed === null ? null : words.followed]]
    this.legend.replaceChildren(...marks.filter(([, text]) => text).map(([mark, text]) => this.legendEntry(mark, text)))
  }

  newRow(item) {
    const row = document.createElement("button")
    row.className = "row"
    for (const name of ["rank", "picture", "name", "track", "value"]) row.append(Object.assign(document.createElement("span"), { className: name }))
    const track = row.querySelector(".track")
    for (const name of ["bar", "diamond", "ring"]) track.append(Object.assign(document.createElement("i"), { className: name }))
    row.onclick = () => this.take(item)
    this.byItem.set(item, row)
    this.rows.append(row)
    return row
  }

  /** @param {HTMLElement} row */
  write(row, { item, network, best, followed, rankByLast }, rank, count, most, { items, words, isFull }) {
    const its = items[item], share = network ?? best ?? followed ?? its.share
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (row.querySelector(`.${name}`))
    row.style.top = `calc(${rank} * 100% / ${count})`
    row.style.height = `calc(100% / ${count} - 2px)`
    row.style.order = String(rank)
    part("rank").textContent = String(rank + 1)
    if (!part("picture").firstChild) part("picture").append(icon(its.category))
    part("picture").style.color = its.ink
    part("name").textContent = its.name
    part("bar").hidden = network === null
    part("bar").style.width = `${(100 * (network ?? 0)) / most}%`
    part("diamond").hidden = best === null
    part("diamond").style.left = `${(100 * (best ?? 0)) / most}%`
    part("ring").hidden = followed === null
    part("ring").style.left = `${(100 * (followed ?? 0)) / most}%`
    part("value").textContent = `${(100 * share).toFixed(1)}%`
    const ranked = rankByLast === null ? "" : words.rank_by_last.replace("{rank}", String(rankByLast))
    row.setAttribute("aria-label", `${words.take.replace("{item}", () => its.name)} ${(100 * share).toFixed(1)}%. ${ranked}`)
    row.title = ranked
    row.toggleAttribute("disabled", isFull)
  }

  legendEntry(mark, text) {
    const entry = document.createElement("span")
    entry.append(Object.assign(document.createElement("i"), { className: mark }), text)
    return entry
  }
}
