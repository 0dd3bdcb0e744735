// A view as one HTML file that works from a disk, without a server and without a network: the code of its parts, their messages,
// and the page's colours as they are now. What the engine computes stays alive in it.

/** Properties of Streamlit's theme that our styles use. */
const THEME = ["text-color", "background-color", "secondary-background-color", "border-color", "primary-color", "base-radius", "button-radius", "font", "heading-font"]

/**
 * @typedef {{ address: string, data: any, isShadow: boolean, height: string }} StandalonePart `address`: of the part's module
 * @param {{ title: string, parts: StandalonePart[], libraries?: string[], kept?: string[] }} view `libraries`: addresses of classic
 *   scripts; `kept`: addresses of modules whose parts are not shown at once but kept in `window.unrolledKept`
 * @returns {Promise<Blob>} the file
 */
export async function standalonePage({ title, parts, libraries = [], kept = [] }) {
  const scripts = await Promise.all(libraries.map(textOf))
  const modules = await Promise.all(parts.map(({ address }) => textOf(address)))
  const waiting = await Promise.all(kept.map(textOf))
  const language = document.documentElement.lang || "en"
  const text = `<!doctype html>
<html lang="${language}" data-standalone>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${inHtml(title)}</title>
<style>${pageStyles()}</style>
<body>
<h1>${inHtml(title)}</h1>
${parts.map(({ height }, i) => `<div id="part${i}" class="part" style="min-height: ${height}"></div>`).join("\n")}
<p class="source">Unrolled · ${inHtml(location.origin + location.pathname)}</p>
${scripts.map((code) => `<script>${inScript(code)}</script>`).join("\n")}
${waiting.map((code, i) => `<script type="module">${inScript(keptForLater(code, kept[i]))}</script>`).join("\n")}
${parts.map((part, i) => `<script type="module">${inScript(started(modules[i], part, i))}</script>`).join("\n")}
</body>
</html>
`
  return new Blob([text], { type: "text/html;charset=utf-8" })
}

async function textOf(address) {
  const answer = await fetch(new URL(address, document.baseURI).href)
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer.text()
}

/** The module, which shows its part at once in place of exporting it. */
function started(code, { data, isShadow }, i) {
  const message = JSON.stringify(data).replace(/</g, "\\u003c").replace(/[\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`)
  const element = `document.getElementById("part${i}")`
  const place = isShadow ? `${element}.attachShadow({ mode: "open" })` : element
  const call = `{ data: ${message}, parentElement: ${place}, setStateValue() {}, setTriggerValue() {} }`
  return code.replace(/^export default part\(/m, "const showPart = part(") + `\nshowPart(${call})\n`
}

const keptForLater = (code, address) => code.replace(/^export default part\(/m, `(window.unrolledKept ??= {})[${JSON.stringify(address)}] = part(`)

/** Our tokens, and Streamlit's theme as this page has it. */
function pageStyles() {
  const rules = [...document.styleSheets].flatMap(rulesOf).filter((rule) => /** @type {CSSStyleRule} */ (rule).selectorText === ":root")
  const style = getComputedStyle(document.querySelector(".stApp") ?? document.body)
  const theme = THEME.map((name) => `--st-${name}: ${themeValue(name)};`).join(" ")
  const scheme = style.colorScheme.includes("dark") ? "dark" : "light"
  return inScript(`${rules.map((rule) => rule.cssText).join("\n")}
:root { color-scheme: ${scheme}; ${theme} --bar: 0rem; --head: 4rem; --stage-top: 4rem; }
body { margin: 0 auto; max-width: 1600px; padding: 0 1.5rem 1rem; background: var(--paper); color: var(--ink); font: 16px/1.5 "Source Sans 3", "Source Sans Pro", system-ui, sans-serif; }
h1 { font: 600 1.75rem/1.2 "Source Serif 4", Georgia, serif; margin: 0.9rem 0; }
.source { color: var(--ink3); font-size: 0.875rem; }
.part + .part { margin-top: 0.75rem; }`)
}

/** Streamlit sets its variables on the hosts of our parts. */
function themeValue(name) {
  const host = document.querySelector('[data-testid="stBidiComponentRegular"], [data-testid="stBidiComponentIsolated"]') ?? document.body
  return getComputedStyle(host).getPropertyValue(`--st-${name}`).trim() || "initial"
}

function rulesOf(sheet) {
  try {
    return [...sheet.cssRules]
  } catch {
    return [] // of another origin
  }
}

const inHtml = (text) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
const inScript = (code) => code.replace(/<(\/script|\/style|!--)/gi, "\\x3c$1")
