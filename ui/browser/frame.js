// The first part of every page. The browser asks for the code of the parts that follow while the page is still coming.
export default function ({ data }) {
  const { modules, words, lost } = data.wrapped[0]
  for (const module of modules) {
    import(new URL(module, document.baseURI).href).then(({ speak, sayWhenLost }) => {
      speak?.(words)
      sayWhenLost?.(lost)
    })
  }
}
