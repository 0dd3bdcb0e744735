// plotly.min.js, loaded once for all charts of the browser page.
let library = null

export function plotly(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = new URL(address, document.baseURI).href
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => {
      library = null // the next message tries again
      script.remove()
      reject(new Error(`${script.src} did not load`))
    }
    document.head.append(script)
  })
  return library
}
