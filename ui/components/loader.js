// Travels with every message, so it is short: the part itself is an ES module that the browser loads once.
export default async function (component) {
  const { parentElement } = component
  const data = component.data.parcel?.[0] ?? component.data
  const room = parentElement.host ?? parentElement // an isolated part is given a shadow root
  if (!parentElement.childElementCount) room.style.minHeight = `${data.height}px` // taken from the start: nothing jumps
  try {
    const part = await import(new URL(data.module, document.baseURI).href)
    return part.default({ ...component, data })
  } catch (error) {
    console.error(error)
    parentElement.textContent = data.words.unavailable
  }
}
