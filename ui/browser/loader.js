// Travels with every message, so it is short: the part itself is an ES module that the browser loads once.
// A module that is known is called at once: asking for it again would cost a turn of the browser's loop, and often a frame.
const known = (window.unrolledModules ??= {})

export default async function (component) {
  const { parentElement } = component
  const data = component.data.wrapped?.[0] ?? component.data
  const room = parentElement.host ?? parentElement // an isolated part is given a shadow root
  if (!room.dataset.part) room.style.minHeight = `${data.height}px` // taken from the start, until it is there: nothing jumps
  room.dataset.part = "begun"
  try {
    known[data.module] ??= await import(new URL(data.module, document.baseURI).href)
    const cleanUp = known[data.module].default({ ...component, data })
    room.style.minHeight = ""
    return cleanUp
  } catch (error) {
    console.error(error)
    parentElement.textContent = data.words.unavailable
  }
}
