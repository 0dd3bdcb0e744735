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

export function styleSheet(module) {
  const address = new URL("./plot.css", module).href
  if (document.querySelector(`link[href="${address}"]`)) return
  const link = document.createElement("link")
  link.rel = "stylesheet"
  link.href = address
  document.head.append(link)
}
