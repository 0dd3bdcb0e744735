// Which pairs a scan makes in each round, and of which pairs each of them is made.

/** A pair is made in `round` at `step`; `later` and `earlier` are the pairs that it combines, and those of round 0 combine none. */
export function pairsOf(rounds) {
  const last = rounds[0].B.map((_, step) => ({ round: 0, step, a: rounds[0].A[step], b: rounds[0].B[step], isReady: step === 0 }))
  const pairs = [...last]
  rounds.slice(1).forEach(({ A, B, combined, starts }, place) => {
    const before = [...last]
    for (const [step, earlier] of combined) {
      const made = { round: place + 1, step, a: A[step], b: B[step], isReady: starts[step] === 0, later: before[step], earlier: before[earlier] }
      last[step] = made
      pairs.push(made)
    }
  })
  return { pairs, last }
}

/** The pair and all pairs that it is made of. */
export function coneOf(pair, found = new Set()) {
  if (!pair || found.has(pair)) return found
  found.add(pair)
  coneOf(pair.later, found)
  return coneOf(pair.earlier, found)
}

/** Of a pair, the next one in this direction: along the time or along the rounds. */
export function neighbour(pairs, { round, step }, [rounds, steps]) {
  const forward = (other) => (rounds ? (other.round - round) * rounds : (other.step - step) * steps)
  const sideways = (other) => (rounds ? Math.abs(other.step - step) * 100 : Math.abs(other.round - round) * 100)
  const there = pairs.filter((other) => forward(other) > 0)
  return there.sort((one, two) => sideways(one) + forward(one) - sideways(two) - forward(two))[0]
}
