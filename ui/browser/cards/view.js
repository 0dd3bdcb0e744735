// A row of cards: a picture, the page's title and its idea. The pages that were visited are marked, as in the bar.
import { isPlainClick } from "../shared/elements.js"
import { doneIn } from "../shared/progress.js"
import { styleSheet } from "../shared/styles.js"
import { picture } from "../thumbnails/picture.js"

export class CardsView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.row = document.createElement("nav")
    parent.append(styleSheet(), this.row)
  }

  /**
   * @param {CardsMessage} data
   * @param {SendTopBar} _setStateValue
   * @param {SendTopBar} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    const visited = doneIn("visited")
    this.row.setAttribute("aria-label", data.title)
    this.row.replaceChildren(...data.cards.map((card) => cardLink(card, visited.has(card.name), data.language, () => setTriggerValue("page", card.name))))
  }

  destroy() {
    this.parent.replaceChildren()
  }
}

function cardLink(card, isVisited, language, follow) {
  const link = document.createElement("a")
  const url = new URL(card.name, document.baseURI)
  if (new URLSearchParams(location.search).get("lang")) url.searchParams.set("lang", language)
  link.href = url.href
  link.className = isVisited ? "visited" : ""
  const title = document.createElement("b")
  title.textContent = card.label
  const idea = document.createElement("span")
  idea.textContent = card.idea
  const fact = document.createElement("small")
  fact.textContent = card.fact
  link.append(picture(card), title, ...(card.fact ? [fact] : []), idea)
  link.onclick = (event) => {
    if (!isPlainClick(event)) return
    event.preventDefault()
    follow()
  }
  return link
}
