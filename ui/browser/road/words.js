// The words of the sentences, as buttons over the picture. All words are set as text, not as HTML.

export class WordButtons {
  /**
   * @param {(lane: number, word: number) => void} click
   * @param {(lane: number, word: number | null) => void} point
   */
  constructor(click, point) {
    this.root = document.createElement("div")
    this.click = click
    this.point = point
    this.root.onpointerover = this.root.onfocus = (event) => this.pointAt(event)
    this.root.addEventListener("focusin", (event) => this.pointAt(event))
    this.root.addEventListener("focusout", () => point(0, null))
    this.root.onpointerleave = () => point(0, null)
    this.root.onclick = (event) => {
      const button = wordOf(event)
      if (button) click(Number(button.dataset.lane), Number(button.dataset.word))
    }
  }

  pointAt(event) {
    const button = wordOf(event)
    if (button) this.point(Number(button.dataset.lane), Number(button.dataset.word))
    else this.point(0, null)
  }

  /** @param {{ lane: RoadLane, place: LanePlace }[]} lanes */
  draw(lanes, words) {
    const active = /** @type {HTMLElement | null} */ (/** @type {ShadowRoot} */ (this.root.getRootNode()).activeElement)
    const focused = active && this.root.contains(active) ? active.dataset : null
    this.root.replaceChildren(...lanes.flatMap(({ lane, place }, index) => lane.words.map((word, at) => this.button(word, at, index, place, words))))
    if (focused) /** @type {HTMLElement} */ (this.root.querySelector(`[data-lane="${focused.lane}"][data-word="${focused.word}"]`))?.focus()
  }

  button(word, at, lane, place, words) {
    const button = document.createElement("button")
    button.className = `word${word.isKnown ? "" : " unknown"}`
    button.textContent = word.shown
    button.dataset.lane = String(lane)
    button.dataset.word = String(at)
    button.title = word.isKnown ? "" : words.unknown
    button.setAttribute("aria-label", `${words.leave_out.replace("{word}", () => word.shown)}${word.isKnown ? "" : `. ${words.unknown}`}`)
    const along = `${place.centres[at]}px`
    Object.assign(button.style, place.isTall ? { top: along, [lane ? "right" : "left"]: "0.4rem" } : { top: `${place.wordsAt}px`, left: along })
    button.style.fontSize = `${place.letter}px`
    return button
  }

  /** Words that are not read yet are pale. */
  light(time) {
    for (const button of /** @type {Iterable<HTMLElement>} */ (this.root.children)) button.classList.toggle("waiting", Number(button.dataset.word) >= time - 0.02)
  }
}

const wordOf = (event) => /** @type {HTMLElement | null} */ (event.target.closest?.(".word"))
