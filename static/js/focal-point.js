// A click at the picture sets its focal point; the two number fields stay in step.
for (const frame of document.querySelectorAll(".focal-point")) {
  const [x, y] = ["focal_x", "focal_y"].map((name) => document.getElementById(`id_${name}`))
  if (!x || !y) continue
  const mark = document.createElement("span")
  mark.className = "focal-point__mark"
  frame.append(mark)
  const show = () => {
    mark.style.setProperty("inset-inline-start", `${x.value}%`)
    mark.style.setProperty("inset-block-start", `${y.value}%`)
  }
  frame.addEventListener("click", (event) => {
    const box = frame.getBoundingClientRect()
    x.value = Math.round((100 * (event.clientX - box.left)) / box.width)
    y.value = Math.round((100 * (event.clientY - box.top)) / box.height)
    x.dispatchEvent(new Event("input", { bubbles: true }))
    show()
  })
  x.addEventListener("input", show)
  y.addEventListener("input", show)
  show()
}

// Storing a picture takes a few seconds: say that something is being done
for (const form of document.querySelectorAll("form[enctype]")) {
  form.addEventListener("submit", () => {
    const file = form.querySelector("input[type=file]")
    if (!file?.files.length) return
    const note = document.querySelector("#uploading")
    if (note) note.hidden = false
  })
}
