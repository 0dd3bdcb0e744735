// The stage of the shop: the session as a row of cards, the shelves of one category, and what comes next.
import { make } from "../shared/elements.js"
import { writeSentence } from "../shared/sentence.js"
import { styleSheet } from "../shared/styles.js"
import { icon } from "./icons.js"
import { NextItems } from "./list.js"


export class ShopView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.sentence = make("p", "sentence")
    this.sentence.setAttribute("aria-live", "polite")
    this.session = make("ol", "session")
    this.session.tabIndex = 0 // it scrolls when it is long
    this.categories = make("div", "categories")
    this.categories.setAttribute("role", "radiogroup")
    this.categories.addEventListener("keydown", (event) => this.onKey(event))
    this.shelf = make("div", "shelf")
    this.shelf.setAttribute("role", "group")
    this.list = new NextItems((item) => this.click(item))
    const stage = make("div", "stage")
    stage.dataset.picture = ""
    stage.append(this.session, this.categories, this.shelf, this.list.root)
    const whole = make("div", "whole")
    whole.append(this.sentence, stage)
    parent.append(styleSheet(), whole)
  }

  /**
   * @param {ShopMessage} data
   * @param {PartCall<any>["setStateValue"]} _setStateValue
   * @param {SendToShop} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    this.data = data
    this.send = setTriggerValue
    writeSentence(this.sentence, data.sentence)
    this.drawSession()
    if (data.category !== this.pageCategory) this.category = data.category
    this.pageCategory = data.category
    this.drawCategories()
    this.drawShelf()
    this.list.draw(data)
  }

  drawSession() {
    const { clicked, items, words } = this.data
    this.session.setAttribute("aria-label", words.session)
    const cards = clicked.map((item, at) => {
      const card = make("li", "clicked")
      card.append(make("span", "at", String(at + 1)), this.pictureOf(items[item]), make("span", "", items[item].name))
      return card
    })
    this.session.replaceChildren(...cards, make("li", "clicked open", clicked.length ? "?" : words.nothing))
    if (clicked.length !== this.before) this.session.scrollLeft = this.session.scrollWidth
    this.before = clicked.length
  }

  pictureOf(item) {
    const shown = make("span", "picture")
    shown.style.color = item.ink
    shown.append(icon(item.category))
    return shown
  }

  drawCategories() {
    const { categories, words } = this.data
    const most = Math.max(...categories.map((each) => each.share), 0.01)
    this.categories.setAttribute("aria-label", words.categories)
    const focused = /** @type {ShadowRoot} */ (this.categories.getRootNode()).activeElement?.parentElement === this.categories
    this.categories.replaceChildren(
      ...categories.map(({ name, label, ink, share }) => {
        const button = make("button", "category")
        button.dataset.name = name
        button.setAttribute("role", "radio")
        button.setAttribute("aria-checked", String(name === this.category))
        button.tabIndex = name === this.category ? 0 : -1
        const bar = make("i", "share")
        bar.style.width = `${(100 * share) / most}%`
        button.append(this.pictureOf({ category: name, ink }), make("span", "label", label), make("span", "percent", `${Math.round(100 * share)}%`), bar)
        button.title = words.share.replace("{share}", `${(100 * share).toFixed(1)}%`)
        button.onclick = () => this.choose(name)
        return button
      }),
    )
    if (focused) /** @type {HTMLElement} */ (this.categories.querySelector("[tabindex='0']")).focus()
  }

  drawShelf() {
    const { items, isFull, words } = this.data
    const most = Math.max(...items.map((item) => item.share))
    this.shelf.setAttribute("aria-label", words.shelf)
    const shown = items.map((item, number) => ({ item, number })).filter(({ item }) => item.category === this.category)
    const names = shown.map(({ number }) => number).join()
    if (names !== this.shownItems) this.shelf.replaceChildren(...shown.map(({ item, number }) => this.card(item, number)))
    this.shownItems = names
    shown.forEach(({ item }, at) => {
      const card = /** @type {HTMLButtonElement} */ (this.shelf.children[at])
      card.disabled = isFull
      card.style.setProperty("--share", `${Math.round((100 * item.share) / most)}%`)
      card.querySelector(".percent").textContent = `${(100 * item.share).toFixed(1)}%`
    })
  }

  card(item, number) {
    const card = make("button", "item")
    const picture = this.pictureOf(item)
    card.append(picture, make("span", "label", item.name), make("span", "price", item.isExpensive ? this.data.words.expensive : ""), make("span", "percent"))
    card.onclick = () => this.click(number)
    return card
  }

  click(item) {
    this.send("clicked", item)
  }

  choose(category) {
    if (category === this.category) return
    this.category = category
    this.drawCategories()
    this.drawShelf()
    this.send("category", category)
  }

  onKey(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    const names = this.data.categories.map((each) => each.name)
    this.choose(names[(names.indexOf(this.category) + by + names.length) % names.length])
  }

  destroy() {
    this.parent.replaceChildren()
  }
}
