// A message while the connection is lost: Streamlit itself only turns the page grey. When it is back, the page is run again: a
// server that was started anew knows nothing of it, and would ignore the reader's next click.

const LOST = 1500 // milliseconds: shorter interruptions are not reported
const NOTICE = "unrolled-lost"

let notice = null // its words in the reader's language: {title, text}
let sayingSoon = null
let wasConnected = false // false while the page is still being opened
let isLost = false
let runAgain = () => {}

/** @param {{title: string, text: string}} said @param {() => void} run */
export function reportLostConnection(said, run) {
  notice = said
  runAgain = run
  watchConnection()
}

function watchConnection() {
  const isConnected = document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState === "CONNECTED"
  wasConnected ||= isConnected
  if (wasConnected && !isConnected) {
    isLost = true
    sayingSoon ??= setTimeout(sayLost, LOST)
    return
  }
  clearTimeout(sayingSoon)
  sayingSoon = null
  document.getElementById(NOTICE)?.remove()
  if (isLost) runAgain()
  isLost = false
}

function sayLost() {
  const place = Object.assign(document.createElement("div"), { id: NOTICE, role: "status" })
  const title = Object.assign(document.createElement("strong"), { textContent: notice.title })
  place.append(title, document.createElement("br"), notice.text)
  document.body.append(place)
}

new MutationObserver(watchConnection).observe(document.body, { subtree: true, attributeFilter: ["data-test-connection-state"] })
