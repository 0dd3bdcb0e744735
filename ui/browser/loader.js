// Streamlit sends this file with every message, so it is short: it loads a part's own code, an ES module, once.
// A module that is loaded already is called without `await`, which would delay the drawing by a frame.
const loaded = (window.unrolledModules ??= {})

/** @param {PartCall<any>} component its data is the message, or holds it as `wrapped` */
export default async function (component) {
  const { parentElement } = component
  const data = component.data.wrapped?.[0] ?? component.data
  const element = parentElement instanceof ShadowRoot ? /** @type {HTMLElement} */ (parentElement.host) : parentElement
  if (!element.dataset.part) element.style.minHeight = `${data.height}px` // from the start, so that nothing moves when the part is drawn
  element.dataset.part = "begun"
  try {
    loaded[data.module] ??= await load(data.module)
    const cleanUp = loaded[data.module].default({ ...component, data })
    element.style.minHeight = ""
    return cleanUp
  } catch (error) {
    console.error(error)
    parentElement.textContent = data.words.unavailable
  }
}

/** A line that breaks for a moment costs a second. Each attempt has an address of its own: a browser may remember a failure. */
async function load(module) {
  const address = new URL(module, document.baseURI).href
  for (const attempt of [1, 2]) {
    try {
      return await import(attempt === 1 ? address : `${address}?attempt=${attempt}`)
    } catch {
      await new Promise((done) => setTimeout(done, 1000))
    }
  }
  return import(`${address}?attempt=3`)
}
