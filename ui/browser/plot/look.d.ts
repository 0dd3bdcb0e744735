/** Each colour of the light theme -> that of the dark theme. */
export const DARK: Record<string, string>
/** Colours of the page -> the CSS variables that hold them. */
export const PAGE: Record<string, string>
/** plotly's layout that all figures share. */
export const LOOK: Record<string, any>
