// The page of a student: it joins, answers, and shows what the class has answered. It needs no other file.
import { make } from "../shared/elements.js"
import { fieldFor } from "./fields.js"
import { givenTable } from "./given.js"
import { Line } from "./line.js"
import { raised, valueAt, writeMarked, written } from "./marks.js"
import { drawn } from "./picture.js"
import { isRight, Spread, SPREAD_STYLES, verdict } from "./spread.js"

const words = JSON.parse(document.getElementById("words").textContent)
const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en"
const code = decodeURIComponent(location.pathname.split("/").at(-1)).toUpperCase().replace(/[\s-]/g, "")
const main = document.querySelector("main")
const badge = document.getElementById("net")
const spread = new Spread()
let state = null
let field = null
let isEditing = false
let shownView = ""
let isOver = false

const line = new Line(code, { news, connected, over, full, sent: () => draw() })
document.getElementById("code").textContent = code
document.head.append(Object.assign(document.createElement("style"), { textContent: SPREAD_STYLES }))
addEventListener("resize", () => (field?.layOut ? field.layOut() : state?.phase === "shown" && draw()))
start()

function start() {
  if (line.kept.student) return begin()
  const form = /** @type {HTMLFormElement} */ (make("form", "join"))
  const box = /** @type {HTMLInputElement} */ (make("input"))
  Object.assign(box, { maxLength: 24, autocomplete: "nickname", placeholder: words.nickname_example, id: "nickname" })
  const label = /** @type {HTMLLabelElement} */ (make("label", "", words.nickname))
  label.htmlFor = "nickname"
  const problem = make("p", "problem")
  problem.setAttribute("role", "status")
  const button = make("button", "go", words.join)
  form.append(make("h1", "", words.welcome), make("p", "note", words.privacy), label, box, button, problem)
  form.onsubmit = async (event) => {
    event.preventDefault()
    problem.textContent = ""
    try {
      const status = await line.join(box.value)
      if (status === 200) begin()
      else if (!isOver) problem.textContent = status === 429 ? words.busy : words.unreachable
    } catch {
      problem.textContent = words.unreachable
    }
  }
  main.replaceChildren(form)
}

function begin() {
  say(words.connecting, "")
  line.listen(lang)
}

function connected(is) {
  badge.classList.toggle("off", !is)
  badge.lastElementChild.textContent = is ? words.online : words.offline
  const box = main.querySelector(".state.waiting")
  if (box && is) box.classList.remove("waiting")
}

function over() {
  isOver = true
  say(words.over, words.over_more)
  const link = /** @type {HTMLAnchorElement} */ (make("a", "go", words.other_room))
  link.href = "../join"
  main.append(link)
}

function full() {
  isOver = true
  say(words.full, "")
}

function say(title, more) {
  main.replaceChildren(make("h1", "", title), make("p", "note", more))
}

/** @param {any} now */
function news(now) {
  const isSame = state && state.round === now.round && state.phase === now.phase && JSON.stringify(state.question) === JSON.stringify(now.question)
  state = now
  if (!isSame) {
    isEditing = false
    field = null
  }
  showView(now.view)
  if (!isSame || !main.childElementCount || now.phase === "shown") draw()
}

function draw() {
  if (!state || isOver) return
  const kept = line.kept.answers[state.round]
  if (state.phase === "waiting") return say(words.ready, words.ready_more)
  if (state.phase === "shown") return drawShown(kept)
  return kept && !isEditing ? drawSent(kept) : drawAsked(kept?.answer ?? null)
}

function heading() {
  const title = make("h1")
  writeMarked(title, state.question.text)
  const parts = [title]
  if (state.question.note) writeMarked(parts[parts.push(make("p", "note")) - 1], state.question.note)
  if (state.question.table.length) parts.push(givenTable(state.question.table))
  return parts
}

function drawAsked(before) {
  if (field) return
  const send = /** @type {HTMLButtonElement} */ (make("button", "go", words.send))
  const made = fieldFor(state.question, before, words, () => (send.disabled = made.answer() === null))
  field = made
  send.disabled = made.answer() === null
  send.onclick = () => {
    const answer = made.answer()
    if (answer === null) return
    isEditing = false
    field = null
    line.put(state.round, answer)
    draw()
    const sent = /** @type {HTMLElement} */ (main.querySelector(".state"))
    sent?.focus()
  }
  const buttons = make("div", "buttons")
  if (made.clear) {
    const again = make("button", "", words.clear)
    again.onclick = () => made.clear()
    buttons.append(again)
  }
  buttons.append(send)
  main.replaceChildren(...heading(), made.element, buttons)
  main.onkeydown = (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) send.click()
  }
  made.layOut?.()
}

function drawSent(kept) {
  const lines = { waiting: [words.not_sent, words.not_sent_more], kept: [words.was_sent, words.was_sent_more], late: [words.late, words.late_more] }
  const [title, more] = lines[kept.how] ?? [words.refused, words.refused_more]
  const box = make("div", `state ${kept.how}`)
  box.setAttribute("role", "status")
  box.tabIndex = -1
  box.append(make("b", "", title), make("span", "", more))
  const change = make("button", "", words.change)
  change.onclick = () => {
    isEditing = true
    draw()
  }
  const buttons = make("div", "buttons")
  if (kept.how !== "late") buttons.append(change)
  const mine = mineOf(kept.answer)
  main.replaceChildren(...heading(), mine, box, buttons)
  if (state.question.kind === "sketch") sketchOf(mine, kept.answer)
}

function mineOf(answer) {
  const { kind, options, axes } = state.question
  const made = make("div", kind === "sketch" ? "sketch" : "mine")
  if (kind === "choice") writeMarked(made, options[answer] ?? "")
  if (kind === "number") writeMarked(made, raised(written(answer)))
  if (kind === "order") writeMarked(made, answer.map((at) => options[at]).join("  ›  "))
  if (kind === "sketch") made.setAttribute("aria-label", `${words.yours} ${valueAt(axes, answer.at(-1))}`)
  return made
}

function sketchOf(place, answer) {
  const { width, height } = place.getBoundingClientRect()
  spread.picture.layOut(state.question, Math.floor(width), Math.max(240, Math.floor(height)), 14)
  spread.picture.curve(answer, { stroke: "var(--ink)", "stroke-width": 4 })
  place.append(spread.picture.svg)
}

function drawShown(kept) {
  field = null
  const { question, solution, answers } = state
  const mine = kept && kept.how !== "waiting" ? kept.answer : null
  const result = make("p", "verdict")
  writeMarked(result, verdict(question, solution, answers, words))
  result.setAttribute("role", "status")
  const place = make("div", "shown")
  place.append(spread.element)
  const parts = [...heading(), result, place]
  if (mine !== null && question.kind !== "sketch") {
    const own = make("p", "own")
    const hasRight = solution.right !== null || solution.orders.length > 0
    const how = !hasRight ? words.yours : isRight(question, solution, mine) ? words.was_right : words.was_wrong
    own.append(make("b", "", how), mineOf(mine))
    parts.push(own)
  }
  if (solution.reason) writeMarked(parts[parts.push(make("p", "reason")) - 1], solution.reason)
  if (solution.view) {
    const link = /** @type {HTMLAnchorElement} */ (make("a", "go", words.open_view))
    link.href = addressOf(solution.view)
    link.target = "_blank"
    parts.push(link)
  }
  main.replaceChildren(...parts)
  const box = place.getBoundingClientRect()
  const height = question.kind === "sketch" ? 320 : question.kind === "number" ? 190 : 0
  const places = spread.draw(question, solution, answers, mine, words, { width: Math.floor(box.width), height, size: 14, side: 0 })
  const layer = drawn("svg", { class: "dots", "aria-hidden": "true" }, spread.element)
  for (const [x, y, radius, right] of places) drawn("circle", { cx: x, cy: y, r: radius, fill: right ? "var(--ink-gradient)" : "var(--ink-rnn)" }, layer)
}

/** @param {string} view */
function addressOf(view, embedded = false) {
  const address = new URL(`../${view}`, location.href)
  address.searchParams.set("lang", lang)
  if (embedded) address.searchParams.set("embed", "true")
  return address.href
}

/** The view to which the teacher brings all, over the question; nothing when the teacher lets go. @param {string} view */
function showView(view) {
  if (view === shownView) return
  shownView = view
  const place = document.getElementById("view")
  document.body.classList.toggle("follows", view !== "")
  place.replaceChildren()
  if (!view) return
  const frame = /** @type {HTMLIFrameElement} */ (make("iframe"))
  frame.src = addressOf(view, true)
  frame.title = words.view
  const link = /** @type {HTMLAnchorElement} */ (make("a", "", words.open_alone))
  link.href = addressOf(view)
  link.target = "_blank"
  const invitation = make("p", "", `${words.view} `)
  invitation.append(link)
  place.append(invitation, frame)
}
