// The connection to the room: it asks for news again and again, sends unsent answers, and reports whether it is connected.
const LONGEST_PAUSE = 8000 // milliseconds between two attempts
const LONGEST_POLL = 40_000 // milliseconds for an answer: the server keeps a request for news open for 25 seconds
const LONGEST_REQUEST = 15_000
const REFUSED = [400, 409, 413, 422]

export class Line {
  /**
   * @param {string} code
   * @param {{ news: (state: any) => void, connected: (is: boolean) => void, over: () => void, full: () => void, sent: (round: number, how: string) => void }} listener
   */
  constructor(code, listener) {
    this.code = code
    this.listener = listener
    this.kept = this.read()
    this.failures = 0
    /** @type {Set<(value?: any) => void>} */
    this.pauses = new Set()
    addEventListener("online", () => this.hurry())
    addEventListener("offline", () => listener.connected(false))
  }

  get name() {
    return `unrolled.room.${this.code}`
  }

  /** @returns {{ student: string, name: string, answers: Record<string, { answer: any, how: string }> }} */
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.name) ?? "null")
      if (typeof kept?.student === "string" && typeof kept.answers === "object") return kept
    } catch {
      // nothing is kept, or the browser keeps nothing: then the page forgets when it is closed
    }
    return { student: "", name: "", answers: {} }
  }

  write() {
    try {
      localStorage.setItem(this.name, JSON.stringify(this.kept))
    } catch {
      // the answer is sent all the same
    }
  }

  /** @param {string} path @param {object} [body] */
  async ask(path, body) {
    const headers = { "X-Room-Student": this.kept.student, ...(body ? { "Content-Type": "application/json" } : {}) }
    const address = new URL(`${this.code}/${path}`, location.href)
    const ending = new AbortController() // a network that was changed may leave a request open for minutes
    const timer = setTimeout(() => ending.abort(), body ? LONGEST_REQUEST : LONGEST_POLL)
    try {
      const options = { headers, body: body && JSON.stringify(body), signal: ending.signal }
      return await fetch(address, { method: body ? "POST" : "GET", cache: "no-store", ...options })
    } finally {
      clearTimeout(timer)
    }
  }

  async join(name = this.kept.name) {
    const answer = await this.ask("join", { name, student: this.kept.student })
    if (answer.status === 404) this.listener.over()
    if (answer.status === 409) this.listener.full()
    if (!answer.ok) return answer.status
    this.kept = { ...this.kept, ...(await answer.json()), name }
    this.write()
    return 200
  }

  /** Until the room is over. @param {string} lang */
  async listen(lang) {
    let version = -1
    for (;;) {
      try {
        const answer = await this.ask(`now?after=${version}&lang=${lang}`)
        if (answer.status === 404) return this.listener.over()
        if (!answer.ok) throw new Error(String(answer.status))
        this.failures = 0
        this.listener.connected(true)
        if (answer.status === 200) {
          const state = await answer.json()
          version = state.version
          this.round = state.round
          this.listener.news(state)
        }
      } catch {
        this.listener.connected(false)
        await this.pause()
      }
      this.deliver()
    }
  }

  /** Longer after each failure, and not the same for all browsers of a class. */
  async pause() {
    const time = Math.min(LONGEST_PAUSE, 500 * 2 ** this.failures++) * (0.6 + 0.4 * Math.random())
    let wake = null
    await new Promise((done) => {
      wake = done
      this.pauses.add(done)
      setTimeout(done, time)
    })
    this.pauses.delete(wake)
  }

  /** The network is back. */
  hurry() {
    this.failures = 0
    for (const wake of this.pauses) wake()
    this.deliver()
  }

  /** @param {number} round @param {any} answer */
  put(round, answer) {
    this.kept.answers[round] = { answer, how: "waiting" }
    this.write()
    this.deliver()
  }

  /** Send what waits, as often as it takes. */
  async deliver() {
    if (this.isDelivering) return
    this.isDelivering = true
    while (Object.values(this.kept.answers).some((kept) => kept.how === "waiting")) {
      try {
        await this.send()
        this.listener.connected(true)
      } catch {
        this.listener.connected(false)
        await this.pause()
      }
    }
    this.isDelivering = false
  }

  /** Send what waits. Throws if the room cannot be reached. */
  async send() {
    for (const [round, kept] of Object.entries(this.kept.answers)) {
      if (kept.how !== "waiting") continue
      const sent = await this.ask("answer", { round: Number(round), answer: kept.answer })
      if (!sent.ok && !REFUSED.includes(sent.status)) throw new Error(String(sent.status))
      const how = sent.ok ? (await sent.json()).kept : "refused"
      if (how === "unknown") {
        if ((await this.join()) !== 200) throw new Error("not in the room")
        return await this.send()
      }
      if (this.kept.answers[round] !== kept) continue // another answer has taken its place meanwhile
      kept.how = how
      this.write()
      this.listener.sent(Number(round), how)
    }
  }
}
