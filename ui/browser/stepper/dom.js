// Elements, built one by one: no text is ever read as HTML.
const SVG = "http://www.w3.org/2000/svg"
const MATH = "http://www.w3.org/1998/Math/MathML"

function madeIn(namespace, tag, attributes, children) {
  const made = namespace ? document.createElementNS(namespace, tag) : document.createElement(tag)
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") made.addEventListener(name, value)
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value)
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined))
  return made
}

export const html = (tag, attributes, ...children) => madeIn(null, tag, attributes, children)
export const svg = (tag, attributes, ...children) => madeIn(SVG, tag, attributes, children)
export const math = (tag, attributes, ...children) => madeIn(MATH, tag, attributes, children)

/** "step {step} of {steps}" with its values in. */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value))

/** Change a text only where it differs: an unchanged text costs no layout. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/** The children that an element should have: those that are alike stay where they are. */
export function setChildren(parent, wanted) {
  wanted.forEach((child, i) => {
    const present = parent.childNodes[i]
    if (!present) parent.append(child)
    else if (!present.isEqualNode(child)) present.replaceWith(child)
  })
  while (parent.childNodes.length > wanted.length) parent.lastChild.remove()
}
