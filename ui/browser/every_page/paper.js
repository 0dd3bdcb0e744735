// A printed page: charts are drawn for the screen's width, so that on paper they are as much smaller as the paper is narrower.

const PAPER = 680 // pixels of CSS between the margins of A4, about

addEventListener("beforeprint", () => {
  const content = document.querySelector(".stMainBlockContainer")
  if (content) document.documentElement.style.setProperty("--paper-zoom", String(Math.min(1, PAPER / content.clientWidth)))
})
