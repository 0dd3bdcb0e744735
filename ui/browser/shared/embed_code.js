// What a teacher pastes into a course's page: this view, without bar and prose.

const quoted = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;")

/** @param {string} title */
export function embedCode(title) {
  const address = new URL(location.href)
  address.searchParams.set("embed", "true")
  return `<iframe src="${quoted(address.href)}" title="${quoted(title)}" width="100%" height="700" style="border:0" loading="lazy"></iframe>`
}
