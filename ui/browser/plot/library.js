// Loads plotly, once for all charts of a page: a small build for flat charts, the whole library for charts in space.
/** @type {Record<string, Promise<any>>} by their addresses */
const libraries = {}

/** @param {string} address */
export function plotly(address) {
  if (!address) return Promise.resolve(window.Plotly) // a page from a disk holds it
  libraries[address] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = new URL(address, document.baseURI).href
    script.onload = () => resolve(window.Plotly) // called directly after the script, so it is this script's
    script.onerror = () => {
      delete libraries[address] // so that the next message loads it again
      script.remove()
      reject(new Error(`${script.src} did not load`))
    }
    document.head.append(script)
  })
  return libraries[address]
}
