// Styles that are in the page only while something needs them. A browser has to look at selectors such as :has() again whenever
// anything on the page changes, which would slow every dial.

/** @returns {(styles: string) => void} put these styles into the page, in the place of those before */
export function pageStyles() {
  const sheet = document.createElement("style")
  return (styles) => {
    if (styles !== sheet.textContent) sheet.textContent = styles
    if (styles) document.head.append(sheet)
    else sheet.remove()
  }
}
