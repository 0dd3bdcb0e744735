// The styles of a page of which a part alone is seen (`?embed=true`, `?show=cell`). They are in the page only then: a browser
// has to look at such selectors again whenever anything on the page changes, which would slow every dial.

const EMBEDDED = `
html { --bar: 0rem; --head: 0rem; }
:is(.st-key-top_bar, .st-key-frame, .st-key-tour_place) { display: none; }
.stMainBlockContainer { padding: 0.25rem 0.5rem; }
.stMainBlockContainer:has(.st-key-stage_row) > [data-testid="stVerticalBlock"] > :not(:has(.st-key-stage_row, .st-key-curtain)) { display: none; }
`

/* A page that has no such thing stays as it is. */
const CELL = `
html:has(.st-key-stepper) { --bar: 0rem; --head: 0rem; overflow: hidden; }
html:has(.st-key-stepper) body { visibility: hidden; }
.st-key-stepper { position: fixed !important; z-index: 999970; inset: 0; width: 100vw !important; height: 100dvh; visibility: visible; background: var(--paper); }
.st-key-stepper > div { width: 100% !important; }
`
const CHART = `
html:has([data-shown]) { overflow: hidden; }
html:has([data-shown]) body { visibility: hidden; }
[data-shown] { position: fixed !important; z-index: 999970; inset: 0; box-sizing: border-box; padding: 1.5rem 2rem; visibility: visible; background: var(--paper); }
[data-shown] .title { font-size: calc(1rem * var(--show-zoom)) !important; }
[data-shown] .stage { transform: scale(var(--show-zoom)); transform-origin: 0 0; width: calc(100% / var(--show-zoom)); height: calc((100dvh - 3rem - 2.2rem * var(--show-zoom)) / var(--show-zoom)) !important; }
[data-shown] :is(.popup-menu, .player, .note) { display: none; }
`
const SHOWN = { cell: CELL, formula: CELL, chart: CHART }
const sheet = document.createElement("style")

/**
 * @param {boolean} isEmbedded
 * @param {string} shown
 */
export function styleAlone(isEmbedded, shown) {
  const styles = (isEmbedded ? EMBEDDED : "") + (SHOWN[shown] ?? "")
  if (styles !== sheet.textContent) sheet.textContent = styles
  if (styles) document.head.append(sheet)
  else sheet.remove()
}
