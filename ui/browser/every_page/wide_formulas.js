// A formula that is wider than its page scrolls sideways, and the keyboard must reach it.

const LATER = 400 // milliseconds: a page changes in many small pieces

let pendingMark = 0

function markWideFormulas() {
  pendingMark = 0
  for (const formula of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".katex-display"))) {
    if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0
    else formula.removeAttribute("tabindex")
  }
}

const markThemLater = () => {
  pendingMark ||= setTimeout(markWideFormulas, LATER)
}

new MutationObserver(markThemLater).observe(document.body, { childList: true, subtree: true })
addEventListener("resize", markThemLater)
