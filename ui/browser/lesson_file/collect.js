// The pictures of one view, taken from the app itself: the view is opened in a frame, and its parts give what a file needs.

const LONGEST = 60_000 // milliseconds for one view
const QUIET = 600 // milliseconds without a run of the page and without a new part
const EMPTY = 8000 // the same where no part was found: a busy server may still send one
const COMPLETE = /\/(road|attention|scan)-/ // parts whose message has all that they draw
const PARTS = ['[data-testid="stBidiComponentRegular"]', '[data-testid="stBidiComponentIsolated"]']

/**
 * @param {HTMLIFrameElement} frame
 * @param {string} address
 * @param {string} target
 * @param {() => boolean} isStopped
 * @returns {Promise<{parts: LessonPart[], libraries: string[]}>}
 */
export async function collect(frame, address, target, isStopped) {
  frame.src = address
  await once(frame, "load") // never, where the frame was taken away
  const began = performance.now()
  let quietSince = began
  let before = ""
  while (performance.now() - began < LONGEST) {
    await new Promise((done) => setTimeout(done, 150))
    if (isStopped()) return { parts: [], libraries: [] }
    const inside = frame.contentWindow
    const found = placesIn(inside, target)
    const isReady = isComplete(inside, target)
    const now = `${isReady} ${found.length}`
    if (now !== before || !isReady) quietSince = performance.now()
    before = now
    if (performance.now() - quietSince > (found.length ? QUIET : EMPTY)) return taken(found)
  }
  return taken(placesIn(frame.contentWindow, target))
}

const once = (element, name) => new Promise((done) => element.addEventListener(name, done, { once: true }))

/** Whether the page has run and all parts of its stage have their code. */
function isComplete(inside, target) {
  const isIdle = inside.document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
  const hosts = [...inside.document.querySelectorAll(PARTS.map((part) => `.st-key-stage ${part}, .st-key-${target} ${part}`).join())]
  const isShown = (host) => [...(inside.unrolledShown?.keys() ?? [])].some((element) => (element.host ?? element) === host || host.contains(element.host ?? element))
  const isLoading = inside.document.querySelector('[data-testid="stSkeleton"]') !== null // Streamlit still fetches the code of an element
  return isIdle && !isLoading && inside.document.querySelector(".st-key-stage") !== null && hosts.every(isShown)
}

/** The parts on the stage, and on the element that the stop speaks of. */
function placesIn(inside, target) {
  const wanted = `.st-key-stage, .st-key-${target}`
  return [...(inside.unrolledShown ?? [])]
    .map(([element, place]) => ({ host: element.host ?? element, isShadow: Boolean(element.host), view: place.view, data: place.data }))
    .filter(({ host, view, data }) => data && (view.standalonePart || COMPLETE.test(data.module)) && host.isConnected && host.closest(wanted))
    .filter(({ data }) => data.is_flat !== false) // a chart in space would need the whole of plotly
    .sort((one, other) => (one.host.compareDocumentPosition(other.host) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
}

/** A part as the file shows it. */
function partOf({ view, data, isShadow }) {
  return view.standalonePart?.() ?? { address: data.module, data: { ...data, ahead: null, live: null }, isShadow, height: "480px" }
}

/** What a file keeps must outlive the frame. */
function taken(places) {
  const parts = places.map(partOf)
  const libraries = places.map(({ data }) => data.library).filter(Boolean)
  return JSON.parse(JSON.stringify({ parts, libraries }))
}
