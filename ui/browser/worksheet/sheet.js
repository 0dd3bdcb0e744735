// A worksheet: checks each number that is typed, and prints. The page holds it as text, and the downloaded file too, so that it
// needs no server.
import { readNumber } from "../shared/typed_number.js"

/** @param {HTMLInputElement} field */
function check(field) {
  const [value, tolerance] = [Number(field.dataset.value), Number(field.dataset.tolerance)]
  const typed = readNumber(field.value)
  const isRight = Math.abs(typed - value) <= tolerance
  const hasOtherSign = Math.abs(typed + value) <= tolerance
  const state = field.value.trim() === "" ? "" : isRight ? "right" : hasOtherSign ? "sign" : "wrong"
  field.dataset.state = state
  field.setAttribute("aria-invalid", String(state !== "" && state !== "right"))
  field.nextElementSibling.textContent = state && document.body.dataset[state]
}

/**
 * In the app the sheet is a frame, of which the page around it would print only the visible part.
 * @param {KeyboardEvent} event
 */
function printAlone(event) {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "p") return
  event.preventDefault()
  print()
}

function printFromThePageAround() {
  if (!window.frameElement) return
  for (const each of [window, window.parent]) {
    each.addEventListener("keydown", printAlone)
    window.addEventListener("pagehide", () => each.removeEventListener("keydown", printAlone))
  }
}

export function start() {
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = document.querySelectorAll("input[data-value]")
  const score = document.querySelector("#score")
  const count = () => {
    const right = [...fields].filter((field) => field.dataset.state === "right").length
    if (score) score.textContent = document.body.dataset.score.replace("{right}", String(right)).replace("{count}", String(fields.length))
  }
  fields.forEach((field, at) => {
    field.onchange = () => {
      check(field)
      count()
    }
    field.onkeydown = ({ key }) => {
      if (key === "Enter") fields[at + 1]?.focus()
    }
  })
  document.querySelector("#print").addEventListener("click", () => print())
  printFromThePageAround()
  count()
}
