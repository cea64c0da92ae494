// Marks the year in view in .year-index. The page works without it.
(function () {
  "use strict";

  if (!("IntersectionObserver" in window)) {
    return;
  }

  const links = new Map();
  document.querySelectorAll(".year-index a").forEach(function (link) {
    links.set(link.hash.slice(1), link);
  });

  function mark(entry) {
    const current = links.get(entry.target.id);
    if (!current || !entry.isIntersecting) {
      return;
    }
    links.forEach(function (link) {
      link.removeAttribute("aria-current");
    });
    current.setAttribute("aria-current", "location");
  }

  // A thin band a little above the middle of the window: one year at a time.
  const observer = new IntersectionObserver(
    function (entries) {
      entries.forEach(mark);
    },
    { rootMargin: "-35% 0px -60% 0px" },
  );
  document.querySelectorAll(".year").forEach(function (year) {
    observer.observe(year);
  });
})();
