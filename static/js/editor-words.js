// Says in the language of the page what the editor says in English alone, and names its field.
const words = JSON.parse(document.getElementById("editor-words").textContent)
const gettextOfAdmin = window.gettext
window.gettext = (text) => words[text] ?? gettextOfAdmin(text)

function translate(element) {
  for (const name of ["title", "aria-label"]) {
    const word = words[element.getAttribute(name)]
    if (word) element.setAttribute(name, word)
  }
}

// The list of block styles says its names in plain text
function translateText(element) {
  const word = words[element.textContent]
  if (word && word !== element.textContent) element.textContent = word
}

// What is written in has no name of its own: it stands in for a field that has a label
function nameLikeField(editor) {
  const label = editor.closest(".prose-editor").querySelector("textarea")?.labels[0]
  if (label) editor.setAttribute("aria-label", label.textContent.trim())
}

document.addEventListener("DOMContentLoaded", () => {
  const translateAll = () => {
    document.querySelectorAll(".prose-editor [title]").forEach(translate)
    document.querySelectorAll(".prose-menubar__option > *").forEach(translateText)
    document.querySelectorAll(".prose-editor .tiptap").forEach(nameLikeField)
  }
  new MutationObserver(translateAll).observe(document.body, { childList: true, subtree: true })
})
