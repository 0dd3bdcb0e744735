// The theme of the page, as its CSS gives it.

/** @param {Element} element */
export const backgroundOf = (element) => getComputedStyle(element).getPropertyValue("--st-background-color").trim() || "#FFFFFF"

/** @param {string} colour in any form that CSS knows */
export function isDark(colour) {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  pen.fillStyle = colour
  pen.fillRect(0, 0, 1, 1)
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}
