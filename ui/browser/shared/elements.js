// Elements of the page, as most parts make them.

/** @param {string} name */
export function make(name, className = "", text = "") {
  const made = document.createElement(name)
  if (className.trim()) made.className = className.trim()
  if (text) made.textContent = text
  return made
}

/** Whether a click on a link should change this page, and not open a tab or a window. @param {MouseEvent} event */
export const isPlainClick = (event) => !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
