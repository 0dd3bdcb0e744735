// The first part of every page: it asks for the code of the other parts while the page is still arriving.
/** @param {{data: {wrapped: [FrameMessage]}}} component */
export default function ({ data }) {
  const { modules, words, lost } = data.wrapped[0]
  for (const module of modules) {
    import(new URL(module, document.baseURI).href).then(({ speak, sayWhenLost }) => {
      speak?.(words)
      sayWhenLost?.(lost)
    })
  }
}
