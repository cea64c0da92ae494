// Looks at pages with Lighthouse, as on a phone, and prints a line of JSON for each: its scores,
// and what keeps one from a hundred, unless that is time. Read by lighthouse.py.
import { launch } from "chrome-launcher"
import lighthouse from "lighthouse"

const [onlyCategories, ...urls] = process.argv.slice(2)

function faultsOf(report) {
  return Object.values(report.categories)
    .filter((category) => category.id !== "performance")
    .flatMap((category) => category.auditRefs)
    .filter(({ id, weight }) => weight && report.audits[id].score !== null)
    .filter(({ id }) => report.audits[id].score < 1)
    .map(({ id }) => `${id}: ${report.audits[id].title}`)
}

async function look(url) {
  const { lhr: report } = await lighthouse(url, {
    port: chromium.port,
    onlyCategories: onlyCategories.split(","),
    disableFullPageScreenshot: true,
  })
  const { message } = report.runtimeError ?? {}
  const scores = Object.values(report.categories).map(({ id, score }) => [
    id,
    Math.round(score * 100),
  ])
  return { url, scores: Object.fromEntries(scores), faults: faultsOf(report), message }
}

const chromium = await launch({ chromeFlags: ["--headless=new", "--no-sandbox"] })
try {
  for (const url of urls) {
    let seen = await look(url)
    if (seen.message) seen = await look(url) // Chromium has lost its record of the page's loading
    console.log(JSON.stringify(seen))
  }
} finally {
  chromium.kill()
}
