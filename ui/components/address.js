// One action of the reader is at most one place in the browser's history. Streamlit adds one for every change of the address:
// two or three for one click on a link of the menu, which Back then meets one by one, without the page's settings.
// Moving a slider adds none, nor does what a page writes by itself, at its start or after Back.

let mayAdd = false
let path = location.pathname
let restored = null // the address that Back or Forward has brought to another page

function act({ isTrusted, target }) {
  if (!isTrusted) return
  mayAdd = !target.closest?.('[data-testid="stSlider"]')
  restored = null
}

for (const kind of ["pointerdown", "click", "keydown"]) addEventListener(kind, act, true)

const add = history.pushState.bind(history)
history.pushState = (...entry) => {
  if (mayAdd) add(...entry)
  else history.replaceState(...entry)
  mayAdd = false
  path = location.pathname
}

// Streamlit drops from the address what the page before also had in its own, such as T, and goes to that page without it.
// When the page has come, it is asked for again, now from itself.
addEventListener("popstate", ({ isTrusted }) => {
  if (!isTrusted) return
  mayAdd = false
  restored = location.pathname === path ? null : location.href
  path = location.pathname
  if (restored) setTimeout(askAgain, 100)
}, true)

function askAgain() {
  if (!restored) return
  if (document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning") {
    setTimeout(askAgain, 50)
    return
  }
  if (location.href !== restored) {
    history.replaceState(history.state, "", restored)
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
  }
  restored = null
}
