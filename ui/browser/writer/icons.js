// The pictures of the buttons.

/** Paths, because many fonts have no such characters. */
const ICONS = {
  first: "M6 5v14M19 5 9 12l10 7z",
  play: "M7 4l13 8-13 8z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  next: "M6 5l10 7-10 7zM18 5v14",
  last: "M4 5l7 7-7 7zM12 5l7 7-7 7z",
  free: "M5 9h9a5 5 0 0 1 0 10H9M5 9l5-5M5 9l5 5",
}

/** @param {WriterIcon} name */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("class", name)
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path")
  path.setAttribute("d", ICONS[name])
  svg.append(path)
  return svg
}
