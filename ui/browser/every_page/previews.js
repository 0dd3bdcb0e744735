// Pictures for a dial's new value, asked from the server over a socket of our own: ui/browser/previews.py says why and how.
// Parts that can be asked for say so in their data (`ahead`: their token, and the values of the dials that they are drawn for),
// and shared/part.js keeps them in `window.unrolledParts`.
import { DIAL_MOVED, DIAL_RESTS } from "../shared/dials.js"

/** @typedef {{key: string, value: number}} Question */
/** @type {Question | null} */
let newest = null // what the dial shows that moves
const AT_ONCE = 3 // questions on their way: while answers travel, the next is drawn. The server keeps so many waiting
/** @type {Question[]} */
let asked = [] // the questions that are not answered yet; their answers come in this order
let isMoving = false
let socket = null
let owner = null // the token that the socket was opened with
let isRefused = false // somebody between the browser and the server lets no socket through

/** The token of the parts that a dial changes; null where nothing can be asked for. */
function tokenFor(key) {
  for (const { data } of window.unrolledParts?.values() ?? []) if (data.ahead && key in data.ahead.values) return data.ahead.token
  return null
}

function move({ key, value, byReader }) {
  if (!byReader) return
  const token = tokenFor(key)
  if (token === null) return
  newest = { key, value }
  isMoving = true
  connect(token)
  if (asked.length < AT_ONCE) ask()
}

function ask() {
  if (socket?.readyState !== WebSocket.OPEN) return
  asked.push(newest)
  socket.send(`${newest.key} ${newest.value}`)
}

/** While the dial moves, every answer is drawn: on a slow line the dial has always moved on. At rest, only the answer for its value. */
function take({ data }) {
  const question = asked.shift()
  if (!question || !newest) return
  if (question.key === newest.key && (isMoving || question.value === newest.value)) {
    for (const [key, picture] of Object.entries(JSON.parse(data))) {
      const place = window.unrolledParts.get(key)
      place?.receive({ ...place.data, ...picture })
    }
  }
  const last = asked.at(-1) ?? question
  if (last.key !== newest.key || last.value !== newest.value) ask()
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
  asked = []
  opened.onopen = () => {
    wasOpen = true
    if (newest && isMoving) ask()
  }
  opened.onmessage = (message) => opened === socket && take(message)
  opened.onclose = () => {
    if (opened !== socket) return
    isRefused = !wasOpen
    socket = owner = null
    asked = []
  }
}

addEventListener(DIAL_MOVED, ({ detail }) => move(detail))
addEventListener(DIAL_RESTS, () => (isMoving = false))

// The socket is opened when a dial is touched, so that it is there when the dial moves.
for (const kind of /** @type {const} */ (["focusin", "pointerdown"])) {
  addEventListener(kind, ({ target }) => {
    const key = /** @type {Element} */ (target).closest?.('[class*="st-key-dial_"]')?.className.match(/st-key-dial_(\S+)/)[1]
    const token = key && tokenFor(key)
    if (token) connect(token)
  }, true)
}
