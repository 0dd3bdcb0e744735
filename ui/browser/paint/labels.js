// The words on the board: row numbers, captions, the names of steps, and the answer.

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {Node & ParentNode} parent
 * @returns {HTMLElementTagNameMap[Name]}
 */
export const make = (name, className, parent) => {
  const node = document.createElement(name)
  if (className) node.className = className
  parent.append(node)
  return node
}

/**
 * @param {HTMLElement} node
 * @param {PaintPlace | null} place
 */
export function put(node, place) {
  node.style.visibility = place ? "" : "hidden"
  if (place) Object.assign(node.style, { left: `${place.x}px`, top: `${place.y}px`, width: `${place.width}px`, height: `${place.height}px` })
}

/**
 * The numbers of the rows: buttons where rows can be covered.
 * @param {HTMLElement} node
 * @param {PaintMessage} data
 * @param {PaintPlace} pad
 * @param {(row: number) => void} cover
 */
export function drawRows(node, { covered, picture, words, stream }, pad, cover) {
  const count = picture && stream && !stream.across && !stream.steps.length ? picture.rows : 0
  node.hidden = !count
  put(node, { x: pad.x - 36, y: pad.y, width: 32, height: pad.height })
  while (node.children.length > count) node.lastElementChild.remove()
  while (node.children.length < count) {
    const row = node.children.length + 1
    const button = make("button", "", node)
    button.textContent = String(row)
    button.onclick = () => cover(row)
  }
  for (const [row, each] of [...node.children].entries()) {
    const button = /** @type {HTMLButtonElement} */ (each)
    button.disabled = covered === null
    button.setAttribute("aria-pressed", String(Boolean(covered?.includes(row + 1))))
    button.ariaLabel = (covered === null ? words.row : words.cover).replace("{row}", String(row + 1))
    button.title = covered === null ? "" : button.ariaLabel
  }
}

const NARROW = 360 // pixels: two captions do not fit beside each other

/**
 * @param {HTMLElement} node
 * @param {PaintMessage} data
 * @param {{ pad: PaintPlace, stream: PaintPlace | null }} places
 * @param {boolean} isSmall
 */
export function drawCaptions(node, { stream, words }, { pad, stream: place }, isSmall) {
  /** @type {[text: string, x: number, y: number, width: number, align: string][]} */
  const texts = [[words.pad, pad.x, pad.y - 22, pad.width, ""]]
  if (stream && place && !isSmall) {
    const left = stream.before && place.width > NARROW ? words.before : ""
    if (left) texts.push([left, place.x, place.y - 22, place.width / 2, ""])
    texts.push([words.width, place.x + (left ? place.width / 2 : 0), place.y - 22, place.width / (left ? 2 : 1), stream.across ? "" : "right"])
  }
  node.replaceChildren()
  for (const [text, x, y, width, align] of texts) {
    const caption = make("span", "", node)
    caption.textContent = text
    Object.assign(caption.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, textAlign: align })
  }
}

/**
 * The words of a question, each at its step.
 * @param {HTMLElement} node
 * @param {PaintStream | null} stream
 * @param {PaintPlace | null} place
 * @param {(step: number) => void} show
 */
export function drawStepNames(node, stream, place, show) {
  node.hidden = !stream?.steps.length
  if (node.hidden || !place) return
  put(node, { x: place.x - place.names, y: place.y, width: place.names - 8, height: place.height })
  node.replaceChildren()
  stream.steps.forEach((name, at) => {
    const label = make("span", "", node)
    label.textContent = name
    label.onpointerenter = () => show(at + 1)
  })
}

/**
 * The answer, or before its end what is believed most after a step.
 * @param {HTMLElement} node
 * @param {HTMLElement} slider the stream, whose value it is
 * @param {PaintMessage} data
 * @param {number | null} step null: the end
 */
export function drawAnswer(node, slider, { answer, stream, words }, step) {
  node.hidden = !answer
  if (!answer) return
  const shares = step === null || !stream ? null : step ? stream.beliefs[step - 1] : stream.before
  const said = shares ? best(shares, stream, words, step) : { ...answer, isUnsure: false }
  node.replaceChildren()
  make("span", "says", node).textContent = said.says
  const text = make("b", `text ${said.text.length === 1 ? "" : said.text.length <= 3 ? "short" : "long"}`, node)
  text.textContent = said.text
  text.classList.toggle("unsure", said.isUnsure)
  make("strong", "", node).textContent = said.sure
  if (!shares) {
    if (answer.verdict) make("em", answer.is_right ? "good" : "bad", node).textContent = answer.verdict
    if (answer.note) make("p", "", node).textContent = answer.note
    if (answer.parts.length) drawParts(make("div", "parts", node), answer)
  }
  if (!stream) return
  slider.ariaLabel = stream.label
  slider.ariaValueMin = "0"
  slider.ariaValueMax = String(stream.beliefs.length)
  slider.ariaValueNow = String(step ?? stream.beliefs.length)
  slider.ariaValueText = `${said.says} ${said.text}, ${said.sure}`
}

/**
 * How likely the answer is without one of the inputs.
 * @param {HTMLElement} node
 * @param {PaintAnswer} answer
 */
function drawParts(node, { parts, parts_title }) {
  make("p", "", node).textContent = parts_title
  for (const { label, share } of parts) {
    const row = make("div", "part", node)
    make("span", "", row).textContent = label
    const bar = make("i", "", row)
    bar.style.setProperty("--share", String(share))
    make("span", "share", row).textContent = percent(share)
  }
}

/**
 * @param {number[]} shares
 * @param {PaintStream} stream
 * @param {PaintMessage["words"]} words
 * @param {number} step
 */
function best(shares, stream, words, step) {
  const share = Math.max(...shares)
  const name = stream.names[shares.indexOf(share)]
  const says = step ? stream.after.replace("{step}", stream.steps[step - 1] ?? String(step)) : words.before
  return { says, text: name, sure: percent(share), isUnsure: share < 0.6 }
}

/** @param {number} share */
const percent = (share) => (share >= 0.9995 ? ">99.9%" : `${(100 * share).toFixed(share > 0.995 ? 1 : 0)}%`)
