// One action of the reader makes at most one entry in the browser's history. Streamlit adds one for every change of the address:
// two or three for one click on a link of the menu, and Back would visit them one by one, without the page's settings.
// Moving a slider makes none, nor do changes of the address by the page itself, at its start or after Back.

let mayAdd = false
let path = location.pathname
let restored = null // the address with which Back or Forward has come to another page
let looks, askedAgain // how often it has been looked whether it still stands, and asked for again

function act({ isTrusted, target }) {
  if (!isTrusted) return
  mayAdd = !target.closest?.('[data-testid="stSlider"], [class*="st-key-dial_"]')
  restored = null
}

// Not pointerdown: a change of the address that a setting before has asked for may still arrive while the reader presses.
for (const kind of ["pointerup", "click", "keydown"]) addEventListener(kind, act, true)

const add = history.pushState.bind(history)
history.pushState = (...entry) => {
  if (mayAdd) add(...entry)
  else history.replaceState(...entry)
  mayAdd = false
  path = location.pathname
}

// Streamlit drops the parameters that the previous page also had, such as T, and runs the page without them. So for three
// seconds, or until the reader acts, the page is requested again with its whole address; three times at most, because some
// addresses have parameters that a page never keeps.
addEventListener("popstate", ({ isTrusted }) => {
  if (!isTrusted) return
  mayAdd = false
  restored = location.pathname === path ? null : location.href
  path = location.pathname
  looks = askedAgain = 0
  if (restored) setTimeout(keepAddress, 100)
}, true)

function keepAddress() {
  if (!restored) return
  const isIdle = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
  if (isIdle && location.href !== restored && askedAgain++ < 3) {
    history.replaceState(history.state, "", restored)
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
  }
  if (++looks < 10) setTimeout(keepAddress, 300)
}
