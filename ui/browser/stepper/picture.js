// The diagram as a picture: an SVG that carries its colours and fonts with it, on the page's background, under a title.
import { fill, svg } from "./dom.js"

const MARGIN = 24
const TITLE = 26
const SHARPNESS = 2 // pixels of the PNG for one of the screen

/** What our style sheets decide, and a picture outside the page must bring along. */
const PROPERTIES = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "fill-opacity", "stroke-opacity",
  "font-family", "font-size", "font-weight", "font-style", "font-variant-numeric", "text-anchor",
]
const COLOURS = new Set(["fill", "stroke"])

/** @returns {{ text: string, width: number, height: number, title: string }} of all cells of the view, below each other */
export function svgPicture(view) {
  const { words, rows, state, steps, root } = view
  const kinds = rows.map(({ cell }) => words.kinds[cell.kind])
  const title = `${kinds.join(" · ")} · ${fill(words.step_of, { step: state.step, steps })} · ${words[state.direction]}`
  const { fontFamily, color } = getComputedStyle(root)
  const ink = { "font-family": fontFamily, "font-size": TITLE, "font-weight": 600, fill: plainColour(color) }
  const width = rows[0].place.clientWidth + 2 * MARGIN
  let y = 2 * MARGIN + TITLE
  const drawings = rows.flatMap((row, i) => {
    const { clientWidth, clientHeight } = row.place
    const copy = styledCopy(row.stage.svg)
    for (const [name, value] of Object.entries({ x: MARGIN, y, width: clientWidth, height: clientHeight })) copy.setAttribute(name, value)
    const name = rows.length > 1 ? svg("text", { x: MARGIN, y: y + TITLE, ...ink }, kinds[i]) : null
    y += clientHeight + MARGIN
    return [copy, name]
  })
  const paper = svg("rect", { width: "100%", height: "100%", fill: plainColour(getComputedStyle(root.firstElementChild).backgroundColor) })
  const picture = svg("svg", { width, height: y, viewBox: `0 0 ${width} ${y}` },
    svg("title", {}, title), paper, svg("text", { x: MARGIN, y: MARGIN + TITLE, ...ink }, title), drawings)
  return { text: new XMLSerializer().serializeToString(picture), width, height: y, title }
}

export const asSvg = ({ text }) => new Blob([text], { type: "image/svg+xml;charset=utf-8" })

/** @returns {Promise<Blob>} */
export async function asPng({ text, width, height }) {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await withFonts(text))}`
  await image.decode()
  const canvas = Object.assign(document.createElement("canvas"), { width: SHARPNESS * width, height: SHARPNESS * height })
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((done) => canvas.toBlob(done, "image/png"))
}

/** What is not seen is left out. */
function styledCopy(element) {
  const style = getComputedStyle(element)
  if (style.display === "none" || style.visibility === "hidden") return null
  const copy = element.cloneNode(false)
  for (const name of ["class", "style", "role", "tabindex", "aria-label"]) copy.removeAttribute(name)
  if (style.transform !== "none") copy.setAttribute("transform", style.transform)
  if (!(element instanceof SVGGElement)) {
    for (const name of PROPERTIES) {
      const value = style.getPropertyValue(name)
      copy.setAttribute(name, COLOURS.has(name) ? plainColour(value) : value)
    }
  } else if (style.opacity !== "1") copy.setAttribute("opacity", style.opacity)
  for (const child of element.childNodes) {
    const inside = child instanceof Element ? styledCopy(child) : child.cloneNode()
    if (inside) copy.append(inside)
  }
  return copy
}

const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
const known = new Map()

/** A colour as every program that reads SVG knows it: mixed colours are of the browser alone. */
function plainColour(colour) {
  if (colour === "none") return colour
  if (!known.has(colour)) known.set(colour, readColour(colour))
  return known.get(colour)
}

function readColour(colour) {
  pen.clearRect(0, 0, 1, 1)
  pen.fillStyle = colour
  pen.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data
  return alpha === 255 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${+(alpha / 255).toFixed(3)})`
}

/** A picture has no access to the page's fonts: those that it names are written into it. */
async function withFonts(text) {
  const faces = [...document.styleSheets].flatMap(fontFaces).filter((face) => text.includes(face.style.getPropertyValue("font-family").replace(/["']/g, "")))
  const written = await Promise.all(faces.map(withData))
  return text.replace("<title>", `<style>${written.join("\n")}</style><title>`)
}

function fontFaces(sheet) {
  try {
    return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule)
  } catch {
    return [] // of another origin
  }
}

async function withData(face) {
  const address = /url\("?([^")]+)"?\)/.exec(face.style.getPropertyValue("src"))?.[1]
  if (!address) return ""
  const answer = await fetch(new URL(address, face.parentStyleSheet.href ?? document.baseURI).href)
  return face.cssText.replace(/src:[^;]*;/, `src: url(${await asDataAddress(await answer.blob())});`)
}

function asDataAddress(blob) {
  return new Promise((done) => {
    const reader = new FileReader()
    reader.onload = () => done(reader.result)
    reader.readAsDataURL(blob)
  })
}
