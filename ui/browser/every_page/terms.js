// A term of the glossary in a lesson: its link shows the term's sentence on the spot, on hover, on focus and on a tap.
import { reference } from "../shared/reference.js"

const LINK = 'a[href*="glossary?"][href*="term="]'
const CARD = "unrolled-term"
const REST = 200 // milliseconds that the pointer rests on a link before its card appears, and that it may be away

let index = "" // the address of what can be looked up
let cardWords = { glossary: "" }
let shownFor = null // the link whose card is shown
let waiting
let asks = 0 // how often a card was asked for: only the last one appears

/** @param {FrameMessage["reference"]} message */
export function explainTerms(message) {
  index = message.index
  cardWords = message.words
  const focused = linkAt(document.activeElement)
  if (focused?.matches(":focus-visible")) show(focused)
}

const linkAt = (target) => (target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (target.closest(LINK)) : null)
const cardNow = () => document.getElementById(CARD)

function hide() {
  clearTimeout(waiting)
  shownFor?.removeAttribute("aria-describedby")
  shownFor = null
  cardNow()?.remove()
}

/** @param {HTMLAnchorElement} link */
async function show(link) {
  if (link === shownFor || !index) return
  const key = new URL(link.href).searchParams.get("term")
  hide()
  shownFor = link
  const ask = ++asks
  const { entries } = await reference(index)
  const term = entries.find(({ kind, address }) => kind === "term" && address === `glossary?term=${key}`)
  if (!term || shownFor !== link || ask !== asks || !link.isConnected) return
  const card = Object.assign(document.createElement("div"), { id: CARD, role: "tooltip" })
  const title = Object.assign(document.createElement("strong"), { textContent: term.title })
  const text = Object.assign(document.createElement("p"), { textContent: term.text })
  const more = Object.assign(document.createElement("a"), { textContent: cardWords.glossary, href: link.href, target: "_blank" })
  card.append(title, text, more)
  const page = document.querySelector('[data-testid="stApp"]') ?? document.body // where the page's colours hold
  page.append(card)
  link.setAttribute("aria-describedby", CARD)
  place(card, lineOf(link))
}

/** Where the link is, or the first line of one on two lines. */
const lineOf = (link) => link.getClientRects()[0] ?? link.getBoundingClientRect()

/** Below the link, or above it where there is no room; inside the window. */
function place(card, at) {
  const { offsetWidth: width, offsetHeight: height } = card
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8))
  const below = at.bottom + 6
  card.style.left = `${left}px`
  card.style.top = `${below + height <= innerHeight ? below : Math.max(8, at.top - height - 6)}px`
}

addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType !== "mouse") return
  const link = linkAt(target)
  clearTimeout(waiting)
  if (link) waiting = setTimeout(show, REST, link)
  else if (shownFor && !cardNow()?.contains(/** @type {Node} */ (target))) waiting = setTimeout(hide, REST)
})
addEventListener("focusin", ({ target }) => {
  const link = linkAt(target)
  if (link?.matches(":focus-visible")) show(link)
  else if (shownFor && !cardNow()?.contains(/** @type {Node} */ (target))) hide()
})
addEventListener("click", (event) => {
  const link = linkAt(event.target)
  const isKey = event.detail === 0 // Enter follows the link
  if (link && !cardNow()?.contains(link)) {
    if (isKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    clearTimeout(waiting)
    show(link)
  } else if (!cardNow()?.contains(/** @type {Node} */ (event.target))) hide()
}, true)
addEventListener("keydown", ({ key }) => key === "Escape" && hide())
// The keyboard's focus scrolls a link into view: its card goes with it.
addEventListener("scroll", () => {
  const card = cardNow()
  if (card && shownFor) place(card, lineOf(shownFor))
}, true)
