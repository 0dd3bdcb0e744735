// Travels with every message, so it is short: the part itself is an ES module that the browser loads once.
export default async function (component) {
  const { data, parentElement } = component
  parentElement.style.minHeight ||= `${data.height}px` // the room is taken from the start: nothing jumps
  try {
    const part = await import(new URL(data.module, document.baseURI).href)
    return part.default(component)
  } catch (error) {
    console.error(error)
    parentElement.textContent = data.words.unavailable
  }
}
