// The outline around the element that a step speaks of. It is a rule and not an attribute, because the page may make its elements anew.

const RULE = "unrolled-tour-rule"
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/

const prefersStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches

export class Outline {
  /** @param {string} target the key of an element */
  show(target) {
    this.hide()
    if (!NAME.test(target)) return
    this.selector = `.st-key-${target}`
    const rule = Object.assign(document.createElement("style"), { id: RULE })
    rule.textContent = `${this.selector} { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 12px; scroll-margin-top: 4.5rem; }`
    document.head.append(rule)
  }

  /** The element, once it is on the page. */
  find() {
    const found = this.selector ? document.querySelector(this.selector) : null
    return found?.getBoundingClientRect().height ? found : null
  }

  /** Bring the element into sight, above a card that lies at the bottom. */
  scroll(roomBelow) {
    const found = this.find()
    if (!found) return
    const { top, bottom } = found.getBoundingClientRect()
    if (top < 48 || bottom > innerHeight - roomBelow) found.scrollIntoView({ block: "start", behavior: prefersStill() ? "auto" : "smooth" })
  }

  hide() {
    document.getElementById(RULE)?.remove()
    this.selector = null
  }
}
