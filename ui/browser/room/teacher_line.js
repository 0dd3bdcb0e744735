// The projector's line to the room: news of the class, and what the teacher does. The key is in a header of each question.
const PAUSE = 1500 // milliseconds before another attempt

export class TeacherLine {
  /** @param {{ code: string, key: string, lang: string }} room @param {{ news: (state: any) => void, lost: (reason: string) => void }} listener */
  constructor(room, listener) {
    this.room = room
    this.listener = listener
    this.isOpen = true
    this.listen()
  }

  close() {
    this.isOpen = false
    this.asking?.abort()
  }

  /** @param {string} path @param {object} [body] */
  ask(path, body) {
    this.asking = body ? this.asking : new AbortController()
    return fetch(new URL(`room/${this.room.code}/${path}`, document.baseURI), {
      method: body ? "POST" : "GET",
      headers: { "X-Room-Key": this.room.key, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
      cache: "no-store",
      signal: body ? undefined : this.asking.signal,
    })
  }

  async listen() {
    let version = -1
    while (this.isOpen) {
      try {
        const answer = await this.ask(`class?after=${version}&lang=${this.room.lang}`)
        if (answer.status === 404 || answer.status === 403) return this.listener.lost("over")
        if (!answer.ok) throw new Error(String(answer.status))
        if (answer.status === 204) continue
        const state = await answer.json()
        version = state.version
        if (this.isOpen) this.listener.news(state)
      } catch {
        if (!this.isOpen) return
        this.listener.lost("offline")
        await new Promise((done) => setTimeout(done, PAUSE))
      }
    }
  }

  /** @param {string} action @param {string} what */
  async do(action, what = "") {
    try {
      const answer = await this.ask("do", { do: action, what })
      if (!answer.ok) this.listener.lost(answer.status === 404 || answer.status === 403 ? "over" : "refused")
    } catch {
      this.listener.lost("offline")
    }
  }
}
