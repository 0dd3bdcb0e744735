// The range of characters that the reader has selected in a text whose characters are elements with `data-at`.

/**
 * The places of the first and the last selected character. A selection inside a shadow root is that of the root, where it has one.
 * @param {any} root
 * @param {HTMLElement} text
 * @returns {Pair | null}
 */
export function selectedRange(root, text) {
  const selection = root.getSelection?.() ?? getSelection()
  if (!selection || selection.isCollapsed) return null
  const places = [selection.anchorNode, selection.focusNode].map((node) => {
    const letter = (node instanceof Element ? node : node?.parentElement)?.closest("[data-at]")
    return letter instanceof HTMLElement && text.contains(letter) ? Number(letter.dataset.at) : null
  })
  if (places.includes(null)) return null
  return [Math.min(...places), Math.max(...places)]
}
