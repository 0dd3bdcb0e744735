// One drawing for each category of the shop, on a field of 24 by 24.
const PATHS = {
  photography: "M3 8h4l1.500-2.500h7L17 8h4v11H3zM12 10a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z",
  coffee: "M4 9h12v6a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5zM16 10.500h2a2.500 2.500 0 0 1 0 5h-2M8 3v3M12 3v3",
  camping: "M12 4 2.500 20h19zM12 11l-5 9M12 11l5 9M12 4l1.500-2",
  music: "M9 18V6l10-2.500V15M9 18a2.800 2.500 0 1 1-5.600 0 2.800 2.500 0 0 1 5.600 0zM19 15.500a2.800 2.500 0 1 1-5.600 0 2.800 2.500 0 0 1 5.600 0z",
  computing: "M3 4h18v12H3zM9 20h6M12 16v4",
  baking: "M4 11h16v9H4zM4 15c2.700 0 2.700 2 5.300 2s2.700-2 5.400-2 2.600 2 5.300 2M12 11V7M12 4.500v-2",
  gardening: "M12 21v-9M12 13C12 8 8.500 6 4 6c0 5 3 7 8 7zM12 11c0-4 3-6.500 8-6.500 0 4.500-3 6.500-8 6.500z",
  painting: "M20.500 3.500 10 13.500l1.500 2.500L21.500 5zM9.500 14.500c-3 0-3.500 2-4 4-.3 1-1.500 1.500-2.500 1.500 3 2 8.500 1.500 8.500-3z",
  cycling: "M6 13a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM18 13a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM6 17l4-8h6l2 8M10 9l3.500 8M8.500 6.500h3M16 9l-.8-3h2.300",
  pets: "M12 12c-3 0-5.500 3.500-5.500 6 0 3 3.500 1.500 5.500 1.500s5.500 1.500 5.500-1.500c0-2.500-2.500-6-5.500-6zM5 10.500v.5M9 6v.5M15 6v.5M19 10.500v.5",
}
const TAG = "M4 4h8l8.500 8.500-8 8L4 12zM8.500 8.500h.1" // of an item without a category of ours

/** @param {string} category */
export function icon(category) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  svg.setAttribute("class", "icon")
  const path = document.createElementNS(svg.namespaceURI, "path")
  path.setAttribute("d", PATHS[category] ?? TAG)
  svg.append(path)
  return svg
}
