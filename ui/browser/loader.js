// Streamlit sends this file with every message, so it is short: it loads a part's own code, an ES module, once.
// A module that is loaded already is called without `await`, which would delay the drawing by a frame.
const loaded = (window.unrolledModules ??= {})

/** @param {PartCall<any>} component its data is the message, or holds it as `parcel` */
export default async function (component) {
  const { parentElement } = component
  const data = component.data.wrapped?.[0] ?? component.data
  const room = parentElement.host ?? parentElement // an isolated part is given a shadow root
  if (!room.dataset.part) room.style.minHeight = `${data.height}px` // taken from the start, until it is there: nothing jumps
  room.dataset.part = "begun"
  try {
    loaded[data.module] ??= await import(new URL(data.module, document.baseURI).href)
    const cleanUp = loaded[data.module].default({ ...component, data })
    element.style.minHeight = ""
    return cleanUp
  } catch (error) {
    console.error(error)
    parentElement.textContent = data.words.unavailable
  }
}
