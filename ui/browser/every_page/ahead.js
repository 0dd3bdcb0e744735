// Pictures of a slider's new value while Streamlit is still on its way: ui/browser/previews.py says why and how.
// Parts that can be asked for say so in their data (`ahead`: their token, and the values of the sliders that they are drawn for),
// and shared/part.js keeps them in `window.unrolledParts`.

const LATE = 1000 // milliseconds after a slider's last move: then what an idle page has answered is shown, whatever it is for
const LOOK_AGAIN = 100 // milliseconds
const ARROWS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }

let moved = null // the slider that moves: {key, value, token, turn}
let turns = 0 // how often a slider has moved; a part remembers the turn that it shows
let asked = null // what was last asked for, until it is answered
let socket = null
let owner = null // the token that the socket was opened with
let isRefused = false // somebody between the browser and the server lets no socket through
let later // when the slider counts as still
const awaited = [] // the values that arrow keys will bring: Streamlit moves the slider some time after each
const held = new Set() // parts whose answer from the page is for a value that the slider has left

const sliderAround = (element) => element?.closest?.('[data-testid="stSlider"]')
const rounded = (value) => Number(Number(value).toPrecision(12)) // 1.1 + 0.1 is 1.2

/** A slider's key in Streamlit, and the token of the parts that it changes; null where nothing can be asked for. */
function answersFor(slider) {
  const key = slider.closest('[class*="st-key-"]')?.className.match(/st-key-(\S+)/)[1]
  for (const { data } of window.unrolledParts?.values() ?? []) if (data.ahead && key in data.ahead.values) return { key, token: data.ahead.token }
  return null
}

export const isIdle = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
export const isAnswered = (slider) => owner !== null && socket.readyState === WebSocket.OPEN && answersFor(slider)?.token === owner

/** The slider stands at this value now. */
function move(slider, value) {
  if (!isAnswered(slider)) return rest() // then the page's own answers are all that comes
  const answers = answersFor(slider)
  if (moved?.key === answers.key && moved.value === value) return
  moved = { ...answers, value, turn: ++turns }
  clearTimeout(later)
  later = setTimeout(restWhenIdle, LATE)
  if (!asked) ask()
}

/** Streamlit has moved the slider there. After an arrow key it may be behind the keys that came since. */
function arrive(slider, value) {
  const place = awaited.indexOf(value)
  awaited.splice(0, place < 0 ? awaited.length : place + 1)
  if (!awaited.length) move(slider, value)
}

function ask() {
  asked = moved
  socket.send([asked.key, asked.value].join(" "))
}

/** What the slider has left is drawn as well: on a slow line it has always left it. Nothing later is drawn over. */
function take({ data }) {
  if (moved && asked && moved.key === asked.key) {
    for (const [key, picture] of Object.entries(JSON.parse(data))) {
      const place = window.unrolledParts.get(key)
      if (!place || place.turn > asked.turn) continue
      place.turn = asked.turn
      place.receive({ ...place.data, ...picture })
    }
  }
  const isOld = moved !== asked
  asked = null
  if (moved && isOld) ask()
}

/** A busy server may need longer than the slider rests: its answers to earlier values would be steps back. */
function restWhenIdle() {
  if (isIdle()) rest()
  else later = setTimeout(restWhenIdle, LOOK_AGAIN)
}

/** Nothing moves any more: what was held back is shown. */
function rest() {
  clearTimeout(later)
  moved = null
  awaited.length = 0
  for (const place of held) if (window.unrolledParts.get(place.data.key) === place) place.receive(place.data) // it may be gone
  held.clear()
}

function connect(token) {
  if (owner === token || isRefused) return
  socket?.close()
  const address = new URL("ahead", document.baseURI)
  address.protocol = address.protocol.replace("http", "ws")
  const opened = new WebSocket(address, ["ahead", token])
  let wasOpen = false
  socket = opened
  owner = token
  asked = null
  opened.onopen = () => (wasOpen = true)
  opened.onmessage = (message) => opened === socket && take(message)
  opened.onclose = () => {
    if (opened !== socket) return
    isRefused = !wasOpen
    socket = owner = asked = null
    rest()
  }
}

/** Whether a part keeps the picture that it shows: the page answers for a value that is left, and will answer again. */
window.unrolledKeepsPreview = (place) => {
  const values = place.data.ahead?.values ?? {}
  const isLeft = moved !== null && moved.key in values && rounded(values[moved.key]) !== moved.value
  if (isLeft) held.add(place)
  else {
    held.delete(place)
    if (moved) place.turn = moved.turn
  }
  return isLeft
}

addEventListener("focusin", ({ target }) => {
  const slider = sliderAround(target)
  const answers = slider && answersFor(slider)
  if (answers) connect(answers.token)
})

// Streamlit needs a while to move the slider for an arrow key. Where it will stand is known before.
addEventListener("keydown", ({ key, target }) => {
  const slider = sliderAround(target)
  if (!slider) rest()
  else if (key in ARROWS) {
    const { value, step, min, max } = /** @type {HTMLInputElement} */ (target)
    const next = rounded(Math.min(Number(max), Math.max(Number(min), Number(value) + ARROWS[key] * Number(step))))
    awaited.push(next)
    move(slider, next)
  }
}, true)

addEventListener("pointerdown", ({ isTrusted }) => isTrusted && rest(), true)

new MutationObserver((changes) => {
  const input = changes.map(({ target }) => target).find((target) => target === document.activeElement)
  const slider = sliderAround(input)
  if (slider) arrive(slider, rounded(/** @type {HTMLInputElement} */ (input).value))
}).observe(document.body, { subtree: true, attributeFilter: ["aria-valuetext"] })
