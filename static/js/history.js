// A decade page: marks the year in view, moves between years by the arrow keys, and filters by
// theme without a reload. Everything works without it.
(function () {
  "use strict";

  const all = (selector) => [...document.querySelectorAll(selector)];
  const linkTo = (year) => document.querySelector(`.year-index a[href="#${year.id}"]`);

  // A thin band a little above the middle of the window: one year at a time.
  const spy = new IntersectionObserver(
    function (entries) {
      const entry = entries.find((entry) => entry.isIntersecting && entry.target.isConnected);
      if (entry) {
        all(".year-index [aria-current]").forEach((link) => link.removeAttribute("aria-current"));
        linkTo(entry.target).setAttribute("aria-current", "location");
      }
    },
    { rootMargin: "-35% 0px -60% 0px" },
  );

  function watch() {
    spy.disconnect();
    all(".year").forEach((year) => spy.observe(year));
  }

  // The heading of the year that was jumped to has the focus, and the arrow keys with it.
  function focusYear() {
    const heading = document.querySelector(".year:target > .year__num");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
  }

  // Left and right, from a year of the index or from a heading: nowhere else.
  function step(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const from = event.target;
    const places = [".year-index a[href]", ".year__num"].map(all);
    const place = places.find((place) => place.includes(from));
    if (!by || !place || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const to = place[place.indexOf(from) + by];
    if (to) {
      event.preventDefault();
      if (to.href) {
        to.focus();
      } else {
        location.replace(`#${to.parentElement.id}`);
      }
    }
  }

  let shown = location.search;
  let asked;

  // Takes from the page at `url` what differs under another theme; the chips keep the focus.
  async function show(url, isNew) {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(url, { signal: asked.signal });
      const text = await answer.text();
      const page = new DOMParser().parseFromString(text, "text/html");
      const chips = [...page.querySelectorAll(".chip")];
      all(".chip").forEach(function (chip) {
        const twin = chips.find((twin) => twin.getAttribute("href") === chip.getAttribute("href"));
        if (twin.hasAttribute("aria-current")) {
          chip.setAttribute("aria-current", "true");
        } else {
          chip.removeAttribute("aria-current");
        }
      });
      ["#years", ".decade-nav", ".lang-switch"].forEach(function (part) {
        document.querySelector(part).replaceWith(page.querySelector(part));
      });
      const status = ".filter [role=status]";
      document.querySelector(status).textContent = page.querySelector(status).textContent;
      if (isNew) {
        history.pushState(null, "", answer.url);
      }
      shown = location.search;
      watch();
    } catch (error) {
      if (error.name !== "AbortError") {
        if (isNew) {
          location.assign(url);
        } else {
          location.reload();
        }
      }
    }
  }

  document.addEventListener("click", function (event) {
    const chip = event.target.closest(".chip");
    const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
    if (chip && isPlain) {
      event.preventDefault();
      if (!chip.hasAttribute("aria-current")) {
        show(chip.href, true);
      }
    }
  });
  document.addEventListener("keydown", step);
  addEventListener("hashchange", focusYear);
  addEventListener("popstate", function () {
    if (location.search !== shown) {
      shown = location.search;
      show(location.href, false);
    }
  });
  watch();
})();
