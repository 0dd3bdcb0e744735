// The panel of an open value lies over the page: scroll until the diagram, or at least the square, shows above it.

export function uncover(host, panel, square) {
  const scroller = scrollerOf(host)
  const lid = panel.getBoundingClientRect().top
  const diagram = square.rect.closest(".viewport").getBoundingClientRect()
  // The lines to where the value came from cross the whole diagram: all of it, where the screen has room for both.
  const fits = diagram.height < lid - scroller.getBoundingClientRect().top - 72
  const hidden = (fits ? diagram.bottom : square.rect.getBoundingClientRect().bottom + 12) - lid
  if (hidden > 0) scroller.scrollBy({ top: hidden, behavior: "smooth" })
}

/** The element that scrolls the page around the part. */
function scrollerOf(element) {
  let outer = element
  while (outer && !/auto|scroll/.test(getComputedStyle(outer).overflowY)) outer = outer.parentElement
  return outer ?? document.scrollingElement
}
