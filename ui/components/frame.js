// The first part of every page. The browser asks for the code of the parts that follow while the page is still coming.
export default function ({ data }) {
  for (const module of data.parcel[0].modules) import(new URL(module, document.baseURI).href)
}
