// plotly, loaded once for all charts of the browser page: for flat charts a small one, for charts in space the whole.
const libraries = {}

export function plotly(address) {
  libraries[address] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = new URL(address, document.baseURI).href
    script.onload = () => resolve(window.Plotly) // runs right after this very script
    script.onerror = () => {
      delete libraries[address] // the next message tries again
      script.remove()
      reject(new Error(`${script.src} did not load`))
    }
    document.head.append(script)
  })
  return libraries[address]
}
