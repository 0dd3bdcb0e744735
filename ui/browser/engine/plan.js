// What a table of equations asks for, in the order in which it can be computed. Made once for each form of a cell.
import { ACTIVATIONS } from "../engine/functions.js"

/**
 * forward, backward: the values of one time step, each after those of the same step that it is made of.
 * weights: the gradients that are sums over all steps.
 * views: of each name the maps under which equations read it, such as the slope of a gate.
 */
export function planOf({ symbols, recipes }) {
  const all = Object.values(recipes)
  const everyStep = all.filter(({ index }) => index.includes("t"))
  const isGradient = ({ name }) => symbols[name].of !== ""
  const views = {}
  for (const { terms } of all) {
    for (const { factors } of terms) {
      if (factors.length > 2) throw new Error("an equation multiplies more than two factors")
      for (const { name, map } of factors) if (map !== "identity") (views[name] ??= new Set()).add(map)
    }
  }
  return {
    forward: inOrder(everyStep.filter((recipe) => !isGradient(recipe))),
    backward: inOrder(everyStep.filter(isGradient)),
    weights: all.filter(({ index }) => !index.includes("t")).map(ready),
    views,
  }
}

function inOrder(recipes) {
  const byName = new Map(recipes.map((recipe) => [recipe.name, ready(recipe)]))
  for (const recipe of byName.values()) recipe.sameSum = sumOf(recipe, byName)
  const order = new Set()
  const add = (recipe) => {
    if (!recipe || order.has(recipe)) return
    if (recipe.sameSum) add(byName.get(recipe.sameSum))
    else for (const { factors } of recipe.terms) for (const { name, dt } of factors) if (dt === 0) add(byName.get(name))
    order.add(recipe)
  }
  for (const recipe of byName.values()) add(recipe)
  return [...order]
}

/** A gate is a function of a sum that has a name of its own: it is added up once. */
function sumOf({ name, terms }, byName) {
  const wanted = JSON.stringify(terms)
  for (const other of byName.values()) {
    if (other.name === name) return null // only what stands before it in the table
    if (other.function === "identity" && JSON.stringify(other.terms) === wanted) return other.name
  }
  return null
}

function ready(recipe) {
  if (!(recipe.function in ACTIVATIONS)) throw new Error(`no function ${recipe.function}`)
  const terms = recipe.terms.map(({ sign, factors }) => ({ sign, factors, looksAhead: factors.some(({ dt }) => dt > 0) }))
  return { ...recipe, terms }
}
