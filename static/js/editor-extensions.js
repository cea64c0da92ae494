// What the rich text editor does not bring itself. It finds these by their names.
import { Extension, Link as LinkOfEditor, Mark, Plugin } from "django-prose-editor/editor"

// The title of a book, a film, a report
export const Cite = Mark.create({
  name: "cite",
  parseHTML: () => [{ tag: "cite" }],
  renderHTML: () => ["cite", 0],

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: this.name,
      groups: "marks",
      button: buttons.material("menu_book", "title of a work"),
      active: (editor) => editor.isActive("cite"),
      enabled: (editor) => editor.can().toggleMark("cite"),
      command: (editor) => editor.chain().focus().toggleMark("cite").run(),
    })
  },
})

// Any address is kept as typed, so that saving can say what is wrong with it; what is stored is
// cleaned, and the page's content policy lets no link run a script.
export const Link = LinkOfEditor.extend({
  addOptions() {
    return { ...this.parent?.(), isAllowedUri: () => true }
  },
})

// The content policy lets in no style, not even one that is only read: it goes by another name
function parse(html) {
  const readable = html
    .replace(/<style\b[^]*?<\/style>/gi, "")
    .replace(/<[^<>]+>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="))
  return new DOMParser().parseFromString(readable, "text/html")
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

// A list of Word's is paragraphs, each with its dot or its number typed before it
function makeLists(page) {
  const made = new Set()
  for (const item of page.querySelectorAll("p[data-style*='mso-list:l' i]")) {
    const dot = item.querySelector("[data-style*='mso-list:ignore' i]")
    const kind = /^\s*[\p{L}\d]+[.)]/u.test(dot?.textContent ?? "") ? "ol" : "ul"
    dot?.remove()
    let list = item.previousElementSibling
    if (!made.has(list) || list.localName !== kind) {
      list = page.createElement(kind)
      made.add(list)
      item.before(list)
    }
    const place = page.createElement("li")
    place.append(item)
    list.append(place)
  }
}

const MARKS = {
  strong: /(^|;)\s*font-weight:\s*(bold|[5-9]00)/i,
  em: /(^|;)\s*font-style:\s*(italic|oblique)/i,
}
const PLAIN = /(^|;)\s*font-(weight|style):\s*(normal|400)/i

// What a style looks like becomes the mark it stands for
function makeMarks(page) {
  for (const element of page.querySelectorAll("[data-style]")) {
    for (const [name, pattern] of Object.entries(MARKS)) {
      if (!pattern.test(element.dataset.style)) continue
      const mark = page.createElement(name)
      mark.append(...element.childNodes)
      element.append(mark)
    }
  }
  for (const element of page.querySelectorAll("b[data-style], i[data-style]")) {
    if (PLAIN.test(element.dataset.style)) element.replaceWith(...element.childNodes)
  }
}

// `editorial/pasted.py` does the same for what comes without an editor, and what is left to do
function transformPastedHTML(html) {
  const page = parse(html)
  makeLists(page)
  makeMarks(page)
  page.querySelectorAll("h1").forEach((element) => rename(element, "h2"))
  page.querySelectorAll("h4, h5, h6").forEach((element) => rename(element, "h3"))
  return page.body.innerHTML
}

export const PasteFromWord = Extension.create({
  name: "pasteFromWord",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML } })],
})
