// A path with one station a page, chapter by chapter: what was visited, answered and toured, and where to go on.
import { isPlainClick, make } from "../shared/elements.js"
import { doneIn, forgetAll, MARKED } from "../shared/progress.js"
import { styleSheet } from "../shared/styles.js"

export class ProgressView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.box = document.createElement("section")
    parent.append(styleSheet(), this.box)
    this.onMarked = () => this.data && this.build()
    addEventListener(MARKED, this.onMarked)
  }

  /**
   * @param {ProgressMessage} data
   * @param {SendProgress} _setStateValue
   * @param {SendProgress} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    this.data = data
    this.send = setTriggerValue
    this.build()
  }

  build() {
    const { chapters, words } = this.data
    const visited = doneIn("visited")
    const pages = chapters.flatMap((chapter) => Object.entries(chapter.pages))
    const next = pages.find(([slug]) => !visited.has(slug))
    const path = make("nav", "path")
    path.setAttribute("aria-label", words.title)
    path.append(...chapters.map((chapter) => this.chapter(chapter, visited, next?.[0])))
    const row = make("div", "row")
    if (next) {
      const isStart = !pages.some(([slug]) => visited.has(slug))
      const on = this.link(next[0], "on", (isStart ? words.start : words.go_on).replace("{page}", next[1]))
      row.append(on)
    } else row.append(make("b", "", words.all))
    row.append(make("span", "sum", this.summary(pages, visited)))
    const forget = make("button", "forget", words.forget)
    forget.title = words.kept
    forget.onclick = () => {
      forgetAll()
      this.build()
      this.send("forget", true)
    }
    row.append(forget)
    this.box.replaceChildren(path, row)
  }

  chapter({ title, pages }, visited, next) {
    const { questions, tours, words } = this.data
    const [answered, toured] = [doneIn("answered"), doneIn("toured")]
    const box = make("div", "chapter")
    const line = make("ol", "line")
    for (const [slug, label] of Object.entries(pages)) {
      const marks = { visited: visited.has(slug), answered: questions[slug].length > 0 && questions[slug].every((key) => answered.has(key)), toured: tours.includes(slug) && toured.has(slug) }
      const said = Object.entries(marks).filter(([, isDone]) => isDone).map(([name]) => words[name])
      const link = this.link(slug, `${Object.keys(marks).filter((name) => marks[name]).join(" ")} ${slug === next ? "next" : ""}`, "")
      link.title = [label, ...said].join(" · ")
      link.setAttribute("aria-label", link.title)
      const item = make("li", "")
      item.append(link)
      line.append(item)
    }
    box.append(make("span", "name", title), line)
    return box
  }

  summary(pages, visited) {
    const { questions, tours, words } = this.data
    const among = (names, done) => String(names.filter((name) => done.has(name)).length)
    const slugs = pages.map(([slug]) => slug)
    const keys = Object.values(questions).flat()
    return words.sum
      .replace("{pages}", among(slugs, visited)).replace("{all_pages}", String(slugs.length))
      .replace("{questions}", among(keys, doneIn("answered"))).replace("{all_questions}", String(keys.length))
      .replace("{tours}", among(tours, doneIn("toured"))).replace("{all_tours}", String(tours.length))
  }

  /** An address of its own for tabs, and a message for a plain click. */
  link(slug, className, text) {
    const link = /** @type {HTMLAnchorElement} */ (make("a", className.trim(), text))
    const url = new URL(slug, document.baseURI)
    if (new URLSearchParams(location.search).get("lang")) url.searchParams.set("lang", this.data.language)
    link.href = url.href
    link.onclick = (event) => {
      if (!isPlainClick(event)) return
      event.preventDefault()
      this.send("page", slug)
    }
    return link
  }

  destroy() {
    removeEventListener(MARKED, this.onMarked)
    this.parent.replaceChildren()
  }
}
