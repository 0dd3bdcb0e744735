// A lost connection: Streamlit turns the page grey without a word. Here it is said, until the connection is back.

const LOST = 1500 // milliseconds: a shorter break passes unseen
const NOTICE = "unrolled-lost"

let notice = null // its words in the reader's language: {title, text}
let sayingSoon = null
let wasConnected = false // before, the page is still being opened

export function sayWhenLost(said) {
  notice = said
  watchConnection()
}

function watchConnection() {
  const isConnected = document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState === "CONNECTED"
  wasConnected ||= isConnected
  if (wasConnected && !isConnected) sayingSoon ??= setTimeout(sayLost, LOST)
  else {
    clearTimeout(sayingSoon)
    sayingSoon = null
    document.getElementById(NOTICE)?.remove()
  }
}

function sayLost() {
  const place = Object.assign(document.createElement("div"), { id: NOTICE, role: "status" })
  const title = Object.assign(document.createElement("strong"), { textContent: notice.title })
  place.append(title, document.createElement("br"), notice.text)
  document.body.append(place)
}

new MutationObserver(watchConnection).observe(document.body, { subtree: true, attributeFilter: ["data-test-connection-state"] })
