// The inks of the symbols, in the theme in use.

/** Every symbol's colour as a CSS variable: --ink-forget_gate. */
export function inkVariables(element, inks, dark) {
  for (const [name, pair] of Object.entries(inks)) element.style.setProperty(`--ink-${name}`, pair[dark ? 1 : 0])
}

export const ink = (name) => (name ? `var(--ink-${name})` : "var(--ink)")
