// `?show=cell`, `chart` or `formula`: that one thing fills the screen, for a class or a screenshot. every_page/alone.js hides all else.

const THINGS = ["cell", "chart", "formula"]

/** What the address asks for, or an empty text. */
export function shownAlone() {
  const asked = new URL(location.href).searchParams.get("show") ?? ""
  return THINGS.includes(asked) ? asked : ""
}

/** The first chart of the page is the one that is shown. @param {HTMLElement} chart */
export function claimScreen(chart) {
  if (shownAlone() === "chart" && !document.querySelector("[data-shown]")) chart.dataset.shown = ""
}
