export const STYLES: string
