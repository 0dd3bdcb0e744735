// A file that the reader keeps.

/** @param {Blob} blob @param {string} filename */
export function download(blob, filename) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = filename
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** A title as the name of a file. @param {string} title @param {string} otherwise */
export const asFilename = (title, otherwise) => title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase() || otherwise
