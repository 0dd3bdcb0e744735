// The first part of every page: it asks for the code of the other parts while the page is still arriving.
/** @param {{data: {wrapped: [FrameMessage]}, setTriggerValue: (name: "connected", value: boolean) => void}} component */
export default function ({ data, setTriggerValue }) {
  const { modules, words, lost, reference, isEmbedded, limits } = data.wrapped[0]
  for (const module of modules) {
    import(new URL(module, document.baseURI).href).then(
      ({ embed, explainTerms, limit, translateStreamlit, reportLostConnection }) => {
        embed?.(isEmbedded)
        limit?.(limits)
        translateStreamlit?.(words)
        explainTerms?.(reference)
        reportLostConnection?.(lost, () => setTriggerValue("connected", true))
      },
      console.error, // a part asks again for its own code
    )
  }
}
